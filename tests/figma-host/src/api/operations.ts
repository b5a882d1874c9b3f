import type { SceneDocument } from '../scene/document.js';
import type { ImageStore } from '../scene/images.js';
import type { HostNodeType, Json } from '../scene/node-record.js';
import { setPluginData, setRelaunchData } from './node-data.js';
import { readNode } from './read-node.js';
import { setProperty } from './set-property.js';
import { cloneNode, createNode, group, insertChild, removeNode, resizeNode } from './tree-operations.js';

/** What the calls of a plugin work on. */
export interface OperationContext {
  readonly scene: SceneDocument;
  readonly images: ImageStore;
  readonly relaunchCommands: ReadonlySet<string>;
}

/** The calls of a running plugin that only look. */
export const READS = {
  exists: ({ scene }: OperationContext, id: string): boolean => scene.has(id),
  typeOf: ({ scene }: OperationContext, id: string): HostNodeType => scene.get(id).type,
  read: ({ scene }: OperationContext, id: string, name: string): unknown => readNode(scene, id, name),
  imageExists: ({ images }: OperationContext, hash: string): boolean => images.has(hash),
  imageBytes: ({ images }: OperationContext, hash: string): Uint8Array => stored(images, hash).bytes,
  imageSize({ images }: OperationContext, hash: string): { width: number; height: number } {
    const { width, height } = stored(images, hash);
    return { width, height };
  },
};

/** The calls that change the document; a read-only editor refuses them. */
export const WRITES = {
  set: ({ scene }: OperationContext, id: string, name: string, value: Json): void =>
    setProperty(scene, id, name, value),
  create: ({ scene }: OperationContext, type: HostNodeType): string => createNode(scene, type),
  insert: ({ scene }: OperationContext, parent: string, id: string, index?: number): void =>
    insertChild(scene, parent, id, index),
  group: ({ scene }: OperationContext, ids: readonly string[], parent: string, index?: number): string =>
    group(scene, ids, parent, index),
  remove: ({ scene }: OperationContext, id: string): void => removeNode(scene, id),
  clone: ({ scene }: OperationContext, id: string): string => cloneNode(scene, id),
  resize: ({ scene }: OperationContext, id: string, width: number, height: number): void =>
    resizeNode(scene, id, width, height),
  setPluginData: ({ scene }: OperationContext, id: string, key: string, value: string): void =>
    setPluginData(scene, id, key, value),
  setRelaunchData: (
    { scene, relaunchCommands }: OperationContext,
    id: string,
    data: { readonly [command: string]: string },
  ): void => setRelaunchData(scene, id, data, relaunchCommands),
  setStyle({ scene }: OperationContext, id: string, name: string, value: string): void {
    scene.update(id, { props: { ...scene.get(id).props, [name]: value } });
  },
  createImage: ({ images }: OperationContext, bytes: Uint8Array): string => images.add(bytes),
};

/** The calls that a plugin's side makes by name. */
export type Operations = typeof READS & typeof WRITES;

function stored(images: ImageStore, hash: string): { bytes: Uint8Array; width: number; height: number } {
  const image = images.get(hash);
  if (!image) throw new Error('in getBytesAsync: Image could not be loaded');
  return image;
}
