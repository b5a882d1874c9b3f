import { CutkitError } from '@cutkit/core';
import type { EditPlan, RecordEdit } from '../edits/plan.js';
import type { FileStat, FileSystem } from '../model/file-system.js';

/** `FORMAT_CANNOT_HOLD` with a sentence about what. */
export function cannotHold(
  problem: string,
  hint = 'Convert the data set to COCO, which holds everything.',
): CutkitError {
  return new CutkitError('FORMAT_CANNOT_HOLD', problem, hint);
}

/** `FORMAT_READ_ONLY` for a format, by its name. */
export function readOnly(format: string): CutkitError {
  return new CutkitError(
    'FORMAT_READ_ONLY',
    `${format} is read, not written.`,
    'Convert the data set to COCO, then edit the copy.',
  );
}

/** Throws `FORMAT_CANNOT_HOLD` for edits of images and ids themselves, but for those of the types that a format takes. */
export function refuseRecordEdits(
  format: string,
  { ofRecords }: EditPlan,
  taken: readonly RecordEdit['type'][],
): void {
  const refused = ofRecords.find(({ type }) => !taken.includes(type));
  if (refused) throw cannotHold(`${format} has no place for the edit “${refused.type}”.`);
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
