import { keptInPlace, type SceneDocument } from '../scene/document.js';
import { type HostNodeType, isGroupLike } from '../scene/node-record.js';
import { isInsideInstance } from './set-property.js';

/** Kinds that a plugin makes with one call. */
export const CREATABLE: ReadonlySet<HostNodeType> = new Set([
  'FRAME',
  'SECTION',
  'COMPONENT',
  'RECTANGLE',
  'ELLIPSE',
  'POLYGON',
  'STAR',
  'LINE',
  'VECTOR',
  'TEXT',
]);

/** A new node, on top of the page, with the grey fill that the editor gives. */
export function createNode(scene: SceneDocument, type: HostNodeType): string {
  if (!CREATABLE.has(type)) throw new Error(`Cannot create a node of type ${type}`);
  const { id, props } = scene.create(type);
  if ('fills' in props && type !== 'VECTOR') {
    const grey = {
      type: 'SOLID',
      color: { r: 0.85, g: 0.85, b: 0.85 },
      visible: true,
      opacity: 1,
      blendMode: 'NORMAL',
    };
    scene.update(id, { props: { ...props, fills: [grey] } });
  }
  scene.insert(scene.page, id);
  return id;
}

/** `parent.insertChild(index, child)`: the child keeps its numbers, not its place. */
export function insertChild(scene: SceneDocument, parent: string, id: string, index?: number): void {
  const target = scene.get(parent);
  if (!target.children) throw new Error(`in insertChild: Cannot insert into a node of type ${target.type}`);
  refuseInstances(scene, 'insertChild', parent, id);
  if (scene.lineage(parent).some((one) => one.id === id)) {
    throw new Error('in insertChild: A node cannot be its own descendant');
  }
  const { type } = scene.get(id);
  if (type === 'SECTION' && !['PAGE', 'SECTION'].includes(target.type)) {
    throw new Error('in insertChild: A section can only be in a page or in a section');
  }
  const length = target.children.filter((child) => child !== id).length;
  if (index !== undefined && (index < 0 || index > target.children.length)) {
    throw new Error('in insertChild: Index out of range');
  }
  scene.insert(parent, id, index === undefined ? undefined : Math.min(index, length));
}

/** `figma.group`: everything keeps its place on the page. */
export function group(scene: SceneDocument, ids: readonly string[], parent: string, index?: number): string {
  if (ids.length === 0) throw new Error('in group: First argument must be an array of at least one node');
  refuseInstances(scene, 'group', parent, ...ids);
  for (const id of ids) {
    if (scene.get(id).type === 'SECTION') throw new Error('in group: Cannot group sections');
  }
  const { id: made } = scene.create('GROUP');
  const target = scene.get(parent);
  if (!target.children) throw new Error(`in group: Cannot group into a node of type ${target.type}`);
  const before = target.children
    .slice(0, index ?? target.children.length)
    .filter((child) => !ids.includes(child));
  scene.insert(parent, made, before.length);
  const container = scene.containerTransform(made);
  for (const id of ids) {
    const kept = keptInPlace(scene, id, container);
    scene.insert(made, id);
    if (!isGroupLike(scene.get(id).type)) scene.update(id, { relativeTransform: kept });
  }
  return made;
}

/** `node.remove()`. */
export function removeNode(scene: SceneDocument, id: string): void {
  if (isInsideInstance(scene, id)) throw new Error('in remove: Removing this node is not allowed');
  if (id === scene.root || id === scene.page) throw new Error('in remove: Cannot remove this node');
  scene.remove(id);
}

/** `node.clone()`: a copy on top of the page, its children too. */
export function cloneNode(scene: SceneDocument, id: string): string {
  const copy = (from: string, parent: string): string => {
    const { type, relativeTransform, width, height, props, pluginData } = scene.get(from);
    const { id: made } = scene.create(type === 'COMPONENT' ? 'INSTANCE' : type);
    scene.insert(parent, made);
    scene.update(made, { relativeTransform, width, height, props, pluginData });
    for (const child of scene.childrenOf(from)) copy(child, made);
    return made;
  };
  return copy(id, scene.page);
}

/** `node.resize(width, height)`. */
export function resizeNode(scene: SceneDocument, id: string, width: number, height: number): void {
  const { type } = scene.get(id);
  const isFlat = type === 'LINE' && height === 0;
  if (!(width >= 0.01 && (height >= 0.01 || isFlat))) {
    throw new Error('in resize: Expected "width" and "height" to be at least 0.01');
  }
  scene.update(id, { width, height });
}

function refuseInstances(
  scene: SceneDocument,
  call: string,
  parent: string,
  ...ids: readonly string[]
): void {
  const target = scene.get(parent);
  const intoInstance = target.type === 'INSTANCE' || isInsideInstance(scene, parent);
  if (intoInstance)
    throw new Error(`in ${call}: Cannot move node. New parent is an instance or is inside of an instance`);
  if (ids.some((id) => isInsideInstance(scene, id))) {
    throw new Error(`in ${call}: Cannot move node. Node is inside of an instance`);
  }
}
