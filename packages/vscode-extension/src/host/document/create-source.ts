import { CutkitError } from '@cutkit/core';
import {
  createDataset,
  type DatasetClass,
  type Edit,
  type FileChange,
  type Format,
  type Instance,
  openDataset,
} from '@cutkit/datasets';
import * as vscode from 'vscode';
import { OverlayFiles } from '../files/overlay-files.js';
import type { WorkspaceFiles } from '../files/workspace-files.js';
import { writeChanges } from '../files/write-change.js';
import { type AnnotationSource, findSource } from './annotation-source.js';
import { planSave } from './plan-save.js';

/** Formats of files that are written for one image, by the extension of their name. */
const BY_EXTENSION: Readonly<Record<string, Format>> = { json: 'labelme', txt: 'yolo', png: 'masks' };

/**
 * Writes annotations of an image that has none: beside it in the format of the settings, or into `target`, whose name
 * decides. Gives them as they are then read; undefined for a target of one's own.
 */
export async function createSource(
  files: WorkspaceFiles,
  image: vscode.Uri,
  size: { readonly width: number; readonly height: number },
  wanted: { readonly classes: readonly DatasetClass[]; readonly instances: readonly Instance[] },
  target?: string,
): Promise<AnnotationSource | undefined> {
  const format = target === undefined ? configuredFormat(image) : formatOf(target, image);
  const overlay = new OverlayFiles(files);
  const folder = image.path.slice(0, image.path.lastIndexOf('/'));
  const { files: first, path } = createDataset(
    format,
    folder,
    wanted.classes.map(({ name }) => name),
  );
  // LabelMe's files name their classes themselves: a list beside them would only litter the folder.
  for (const file of format === 'labelme' ? [] : first) {
    if (!(await files.stat(file.path))) await overlay.put(file);
  }
  const dataset = await openDataset(overlay, path, { format });
  const at = dataset.images.find(image.path);
  const known = at < 0 ? dataset.images.length : at;
  const none = { image: known, classes: dataset.classes, instances: [], keys: new Map<string, string>() };
  const addImage: Edit[] = at < 0 ? [{ type: 'addImage', path: image.path, ...size }] : [];
  for (const change of await dataset.save([...addImage, ...planSave(none, wanted)]))
    await overlay.put(change);
  if (target !== undefined) {
    await writeChanges(files, [await onlyFile(files, overlay, target)]);
    return undefined;
  }
  await writeChanges(files, await Promise.all([...overlay.written].map((file) => whole(files, ...file))));
  return (await findSource(files, image)).source;
}

function configuredFormat(image: vscode.Uri): Format {
  const format = vscode.workspace.getConfiguration('cutkit', image).get<string>('annotate.format', 'labelme');
  return format === 'png' ? 'masks' : format === 'yolo' || format === 'coco' ? format : 'labelme';
}

function formatOf(target: string, image: vscode.Uri): Format {
  const extension = target.slice(target.lastIndexOf('.') + 1).toLowerCase();
  const format = BY_EXTENSION[extension];
  if (format && target !== image.path) return format;
  throw new CutkitError(
    'OUTPUT_UNWRITABLE',
    target === image.path
      ? 'That is the picture itself; annotations are saved beside it.'
      : `Annotations cannot be saved as ".${extension}".`,
    'Choose a name that ends in .json (LabelMe), .txt (YOLO) or .png (mask).',
  );
}

/** The one file that holds the image's annotations, under the name that the user chose. */
function onlyFile(files: WorkspaceFiles, { written }: OverlayFiles, target: string): Promise<FileChange> {
  const extension = target.slice(target.lastIndexOf('.'));
  const found = [...written].filter(([path]) => path.endsWith(extension)).at(-1);
  return whole(files, target, found?.[1] ?? new Uint8Array());
}

async function whole(files: WorkspaceFiles, path: string, bytes: Uint8Array): Promise<FileChange> {
  const base = await files.stat(path);
  return { type: 'write', path, bytes, ...(base ? { base } : {}) };
}
