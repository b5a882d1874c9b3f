import type { Dataset } from '../model/dataset.js';
import type { Edit } from '../model/edit.js';
import type { DatasetClass, ImageRecord } from '../model/record.js';
import { applyEdits } from './apply-edits.js';

/** An image before and after. */
export interface RecordChange {
  readonly before: ImageRecord;
  readonly after: ImageRecord;
}

/** An edit log brought together: what a format has to write. */
export interface EditPlan {
  /** Classes that the log adds, with the indices they get. */
  readonly newClasses: readonly DatasetClass[];
  /** Images that the log adds, with no instances in `before`. */
  readonly newImages: readonly RecordChange[];
  /** Images that are there and change. */
  readonly changes: readonly RecordChange[];
}

/** Reads each image that a log touches, and applies it. Images on which it has no effect in the end are left out. */
export async function planEdits(
  dataset: Pick<Dataset, 'classes' | 'images' | 'read'>,
  edits: readonly Edit[],
): Promise<EditPlan> {
  const newClasses = edits
    .filter((edit) => edit.type === 'addClass')
    .map(({ name, colour }, i) => ({
      index: dataset.classes.length + i,
      id: name,
      name,
      ...(colour && { colour }),
    }));
  const newImages = edits
    .filter((edit) => edit.type === 'addImage')
    .map(({ path, width, height }, i) => {
      const index = dataset.images.length + i;
      const before = { index, name: path, width, height, instances: [], files: [], extra: {} };
      return { before, after: applyEdits(before, edits) };
    });
  const touched = new Set(edits.flatMap((edit) => ('image' in edit ? [edit.image] : [])));
  const changes: RecordChange[] = [];
  for (const index of [...touched].sort((a, b) => a - b)) {
    if (index >= dataset.images.length) continue;
    const before = await dataset.read(index);
    const after = applyEdits(before, edits);
    if (!sameInstances(before, after)) changes.push({ before, after });
  }
  return { newClasses, newImages, changes };
}

function sameInstances({ instances: a }: ImageRecord, { instances: b }: ImageRecord): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}
