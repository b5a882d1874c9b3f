import { CutkitError } from '@cutkit/core';
import { planEdits } from '../../edits/plan.js';
import { sortOut } from '../../edits/sort-out.js';
import type { FileChange, Splice } from '../../model/change.js';
import type { Dataset } from '../../model/dataset.js';
import type { Edit } from '../../model/edit.js';
import type { FileStat, FileSystem } from '../../model/file-system.js';
import type { Instance } from '../../model/record.js';
import { assertUnchanged } from '../refuse.js';
import type { CocoIndex, Id } from './coco-index.js';
import { listSplices } from './list-splices.js';
import { recordSplices, rowsOfImages, rowsOfOrphans } from './record-splices.js';
import { relativeName } from './relative-name.js';
import { rowSplices } from './row-splices.js';
import { type AnnotationContext, annotationMembers, changedMembers } from './write-annotation.js';

/** A COCO file that is open. */
export interface OpenCoco {
  readonly fs: FileSystem;
  readonly path: string;
  readonly stat: FileStat;
  readonly index: CocoIndex;
  readonly dataset: Dataset;
}

/** The splices of one COCO file that make edits true: only the members, elements and commas that change. */
export async function saveCoco(coco: OpenCoco, edits: readonly Edit[]): Promise<FileChange[]> {
  const { fs, path, stat, index, dataset } = coco;
  await assertUnchanged(fs, path, stat);
  const plan = await planEdits(dataset, edits);
  const categoryId = (classIndex: number): Id => {
    const known = index.categories[classIndex];
    if (known) return known.id;
    const added = plan.newClasses[classIndex - index.categories.length];
    if (added) return added.id ?? index.largest.category + 1 + classIndex - index.categories.length;
    throw new CutkitError('BAD_OPTION', `There is no class ${classIndex}.`, 'Add the class first.');
  };
  const imageId = (image: number): Id =>
    index.images.ids[image] ?? index.largest.image + 1 + image - index.images.ids.length;

  const gone = new Set(plan.ofRecords.flatMap((edit) => (edit.type === 'removeImage' ? [edit.image] : [])));
  const splices: Splice[] = await recordSplices(coco, plan.ofRecords, gone);
  const removed = new Set([...rowsOfImages(index, gone), ...rowsOfOrphans(index, plan.ofRecords)]);
  const added: Record<string, unknown>[] = [];
  let nextId = index.largest.annotation;
  const renumbered = new Map(
    plan.ofRecords.flatMap((edit) =>
      edit.type === 'renumber' ? [[Number(edit.key), ++nextId] as const] : [],
    ),
  );
  for (const { before, after } of [...plan.changes, ...plan.newImages]) {
    const { width, height } = after;
    const context: AnnotationContext = { width, height, imageId: imageId(before.index), categoryId };
    const { kept, gone: instances, fresh } = sortOut({ before, after });
    for (const { key } of instances) removed.add(Number(key));
    for (const [was, is] of kept) {
      splices.push(...(await changeOf(coco, was, is, context, renumbered.get(Number(was.key)))));
      renumbered.delete(Number(was.key));
    }
    for (const instance of fresh) added.push(annotationMembers(instance, ++nextId, context));
  }
  for (const [row, id] of renumbered)
    if (!removed.has(row)) splices.push(...(await rowSplices(coco, 'annotations', row, { id })));
  const categories = plan.newClasses.map(({ index: at, name }) => ({ id: categoryId(at), name }));
  const images = await Promise.all(
    plan.newImages.map(async ({ after: { index: image, name, width, height } }) => ({
      id: imageId(image),
      file_name: await relativeName(dataset, path, name),
      width,
      height,
    })),
  );
  splices.push(
    ...(await listSplices(coco, 'annotations', removed, added)),
    ...(await listSplices(coco, 'categories', new Set(), categories)),
    ...(await listSplices(coco, 'images', gone, images)),
  );
  if (splices.length === 0) return [];
  return [{ type: 'splice', path, base: stat, splices: splices.sort((a, b) => a.start - b.start) }];
}

async function changeOf(
  coco: OpenCoco,
  was: Instance,
  is: Instance,
  context: AnnotationContext,
  id: Id | undefined,
): Promise<Splice[]> {
  const { fs } = coco;
  const bytes = await fs.read(coco.path, was.location);
  const raw = JSON.parse(new TextDecoder().decode(bytes));
  const members = { ...changedMembers(was, is, raw, context), ...(id !== undefined && { id }) };
  return rowSplices(coco, 'annotations', Number(was.key), members);
}
