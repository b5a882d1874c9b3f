import { CutkitError } from '@cutkit/core';
import type { FileStat, FileSystem } from '../model/file-system.js';

/** `FORMAT_CANNOT_HOLD` with a sentence about what. */
export function cannotHold(problem: string): CutkitError {
  return new CutkitError(
    'FORMAT_CANNOT_HOLD',
    problem,
    'Convert the data set to COCO, which holds everything.',
  );
}

/** `FORMAT_READ_ONLY` with why. */
export function readOnly(why: string): CutkitError {
  return new CutkitError('FORMAT_READ_ONLY', why, 'Convert the data set to COCO, then edit the copy.');
}

/** Throws `DATASET_CHANGED` when a file is not the one that was opened. */
export async function assertUnchanged(
  fs: FileSystem,
  path: string,
  opened: FileStat | undefined,
): Promise<void> {
  const now = await fs.stat(path);
  if (now?.size === opened?.size && now?.modified === opened?.modified) return;
  throw new CutkitError(
    'DATASET_CHANGED',
    `${path} was changed by another program since it was opened.`,
    'Open it again and apply the edits to what is there now; they are not lost.',
  );
}

/** `INPUT_NOT_FOUND` for a path with nothing at it. */
export function notFound(path: string): CutkitError {
  return new CutkitError('INPUT_NOT_FOUND', `Nothing stands at ${path}.`, 'Check the path.');
}
