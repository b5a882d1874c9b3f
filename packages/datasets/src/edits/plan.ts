import type { Dataset } from '../model/dataset.js';
import type { Edit } from '../model/edit.js';
import type { DatasetClass, ImageRecord } from '../model/record.js';
import { applyEdits } from './apply-edits.js';

/** An image before and after. */
export interface RecordChange {
  readonly before: ImageRecord;
  readonly after: ImageRecord;
}

/** A class that a log adds; `id` only where the files call it something already. */
export type NewClass = Omit<DatasetClass, 'id'> & Partial<Pick<DatasetClass, 'id'>>;

/** An edit log brought together: what a format has to write. */
export interface EditPlan {
  /** Classes that the log adds, with the indices they get. */
  readonly newClasses: readonly NewClass[];
  /** Images that the log adds, with no instances in `before`. */
  readonly newImages: readonly RecordChange[];
  /** Images that are there and change. */
  readonly changes: readonly RecordChange[];
  /** Edits of images and ids themselves, which not every format has a place for. */
  readonly ofRecords: readonly RecordEdit[];
}

/** An edit of what a data set says of an image, or of an id. */
export type RecordEdit = Extract<
  Edit,
  {
    type:
      | 'changeImage'
      | 'scaleImage'
      | 'removeImage'
      | 'removeOrphan'
      | 'renumber'
      | 'renumberImage'
      | 'renumberClass';
  }
>;
const OF_RECORDS: ReadonlySet<string> = new Set<RecordEdit['type']>([
  'changeImage',
  'scaleImage',
  'removeImage',
  'removeOrphan',
  'renumber',
  'renumberImage',
  'renumberClass',
]);

/** Reads each image that a log touches, and applies it. Images on which it has no effect in the end are left out. */
export async function planEdits(
  dataset: Pick<Dataset, 'classes' | 'images' | 'read'>,
  edits: readonly Edit[],
): Promise<EditPlan> {
  const newClasses = edits
    .filter((edit) => edit.type === 'addClass')
    .map(({ name, colour, id }, i) => ({
      index: dataset.classes.length + i,
      name,
      ...(id !== undefined && { id }),
      ...(colour && { colour }),
    }));
  const newImages = edits
    .filter((edit) => edit.type === 'addImage')
    .map(({ path, width, height }, i) => {
      const index = dataset.images.length + i;
      const before = { index, name: path, width, height, instances: [], files: [], extra: {} };
      return { before, after: applyEdits(before, edits) };
    });
  const ofRecords = edits.filter((edit): edit is RecordEdit => OF_RECORDS.has(edit.type));
  const removed = new Set(ofRecords.flatMap((edit) => (edit.type === 'removeImage' ? [edit.image] : [])));
  // What goes whole need not be read: it may be broken.
  const touched = new Set(
    edits.flatMap((edit) => ('image' in edit && !removed.has(edit.image) ? [edit.image] : [])),
  );
  const changes: RecordChange[] = [];
  for (const index of [...touched].sort((a, b) => a - b)) {
    if (index >= dataset.images.length) continue;
    const before = await dataset.read(index);
    const after = applyEdits(before, edits);
    if (!isSame(before, after)) changes.push({ before, after });
  }
  return { newClasses, newImages, changes, ofRecords };
}

function isSame(before: ImageRecord, after: ImageRecord): boolean {
  const [a, b] = [before.instances, after.instances];
  const sameSize = before.width === after.width && before.height === after.height;
  return sameSize && a.length === b.length && a.every((one, i) => one === b[i]);
}
