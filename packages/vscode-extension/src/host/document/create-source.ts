import { CutkitError } from '@cutkit/core';
import { createDataset, type DatasetClass, type Edit, type FileChange, type Format, type Instance } from '@cutkit/datasets';
import * as vscode from 'vscode';
import type { WorkspaceFiles } from '../files/workspace-files.js';
import { writeChanges } from '../files/write-change.js';
import { type AnnotationSource, findSource } from './annotation-source.js';

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
  const folder = image.path.slice(0, image.path.lastIndexOf('/'));
  const dataset = createDataset(
    files,
    format,
    folder,
    wanted.classes.map(({ name }) => name),
  );
  const edits: Edit[] = [
    { type: 'addImage', path: image.path, ...size },
    ...wanted.instances.map((instance): Edit => ({ type: 'add', image: 0, instance })),
  ];
  const changes = await dataset.save(edits);
  await writeChanges(files, target === undefined ? changes : retarget(changes, target));
  return target === undefined ? (await findSource(files, image)).source : undefined;
}

function configuredFormat(image: vscode.Uri): Format {
  const format = vscode.workspace.getConfiguration('cutkit', image).get<string>('annotate.format', 'labelme');
  return format === 'png' ? 'masks' : format === 'yolo' ? 'yolo' : 'labelme';
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

/** The one file that was written for the image, under the name that the user chose; what else there is stays beside it. */
function retarget(changes: readonly FileChange[], target: string): FileChange[] {
  const extension = target.slice(target.lastIndexOf('.'));
  return changes
    .filter(({ path }) => path.endsWith(extension))
    .map((change) => ({ type: 'write', path: target, bytes: bytesOf(change) }));
}

function bytesOf(change: FileChange): Uint8Array {
  if (change.type === 'write') return change.bytes;
  throw new RangeError('a new file is written as a whole');
}
