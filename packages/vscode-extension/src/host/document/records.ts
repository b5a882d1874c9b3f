import type { ImageRecord } from '@cutkit/datasets';
import type * as vscode from 'vscode';

/** The record of an image that has no annotations yet. */
export function emptyRecord({ path }: vscode.Uri): ImageRecord {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { index: 0, name, width: 0, height: 0, instances: [], files: [], extra: {} };
}

/** Whether two readings of an image say the same, wherever in the file they say it. */
export function isSameRecord(a: ImageRecord, b: ImageRecord): boolean {
  return saidBy(a) === saidBy(b);
}

function saidBy({ instances, width, height }: ImageRecord): string {
  return JSON.stringify([
    width,
    height,
    instances.map(({ key, classIndex, shape, box, crowd, extra }) => [
      key,
      classIndex,
      shape,
      box,
      crowd,
      extra,
    ]),
  ]);
}
