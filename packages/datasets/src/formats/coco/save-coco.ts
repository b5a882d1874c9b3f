import { CutkitError } from '@cutkit/core';
import { planEdits } from '../../edits/plan.js';
import { sortOut } from '../../edits/sort-out.js';
import type { FileChange, Splice } from '../../model/change.js';
import type { Dataset } from '../../model/dataset.js';
import type { Edit } from '../../model/edit.js';
import type { FileStat, FileSystem } from '../../model/file-system.js';
import type { DatasetClass, Instance } from '../../model/record.js';
import { setMembers } from '../../text/json-edit.js';
import { assertUnchanged } from '../refuse.js';
import type { CocoIndex, Id } from './coco-index.js';
import { listSplices, sampleOf } from './list-splices.js';
import { relativeName } from './relative-name.js';
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
  const classes = [...dataset.classes, ...plan.newClasses];
  const categoryId = (classIndex: number): Id => {
    const known = index.categories[classIndex];
    if (known) return known.id;
    if (classIndex < classes.length && classIndex >= 0)
      return index.largest.category + 1 + classIndex - index.categories.length;
    throw new CutkitError('BAD_OPTION', `There is no class ${classIndex}.`, 'Add the class first.');
  };
  const imageId = (image: number): Id =>
    index.images.ids[image] ?? index.largest.image + 1 + image - index.images.ids.length;

  const splices: Splice[] = [];
  const removed = new Set<number>();
  const added: Record<string, unknown>[] = [];
  let nextId = index.largest.annotation;
  for (const { before, after } of [...plan.changes, ...plan.newImages]) {
    const { width, height } = after;
    const context: AnnotationContext = { width, height, imageId: imageId(before.index), categoryId };
    const { kept, gone, fresh } = sortOut({ before, after });
    for (const { key } of gone) removed.add(Number(key));
    for (const [was, is] of kept) splices.push(...(await changeOf(coco, was, is, context)));
    for (const instance of fresh) added.push(annotationMembers(instance, ++nextId, context));
  }
  splices.push(...(await listSplices(coco, 'annotations', removed, added)));
  splices.push(
    ...(await listSplices(coco, 'categories', new Set(), categoriesOf(plan.newClasses, categoryId))),
  );
  const images = await Promise.all(
    plan.newImages.map(async ({ after: { index: image, name, width, height } }) => ({
      id: imageId(image),
      file_name: await relativeName(dataset, path, name),
      width,
      height,
    })),
  );
  splices.push(...(await listSplices(coco, 'images', new Set(), images)));
  if (splices.length === 0) return [];
  return [{ type: 'splice', path, base: stat, splices: splices.sort((a, b) => a.start - b.start) }];
}

async function changeOf(
  { fs, path }: OpenCoco,
  was: Instance,
  is: Instance,
  context: AnnotationContext,
): Promise<Splice[]> {
  const { start, end } = was.location!;
  const bytes = await fs.read(path, { start, end });
  const raw = JSON.parse(new TextDecoder().decode(bytes));
  const { style } = sampleOf(bytes);
  return setMembers(bytes, 0, changedMembers(was, is, raw, context), style, 2).map((splice) => ({
    ...splice,
    start: splice.start + start,
    end: splice.end + start,
  }));
}

function categoriesOf(classes: readonly DatasetClass[], categoryId: (index: number) => Id) {
  return classes.map(({ index, name }) => ({ id: categoryId(index), name }));
}
