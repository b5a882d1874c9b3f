import { CutkitError } from '@cutkit/core';
import { planEdits, type RecordChange } from '../../edits/plan.js';
import { type SortedOut, sortOut } from '../../edits/sort-out.js';
import { rleOf } from '../../geometry/instance-pixels.js';
import type { FileChange } from '../../model/change.js';
import type { Dataset } from '../../model/dataset.js';
import type { Edit } from '../../model/edit.js';
import type { FileSystem } from '../../model/file-system.js';
import type { Instance } from '../../model/record.js';
import { planeChange } from '../../png/edit-plane.js';
import { paintMask } from '../../png/plane-masks.js';
import { readIds } from '../../png/read-png.js';
import { vocColour } from '../../png/voc-colours.js';
import { writePng } from '../../png/write-png.js';
import { assertHolds, assertPaintable } from '../assert-paintable.js';
import { type FileVersions, touchedImages } from '../file-versions.js';
import { assertAlone } from '../record-changes.js';
import { cannotHold, refuseRecordEdits } from '../refuse.js';
import { recordChanges } from './change-record.js';
import { editVoc } from './edit-voc-xml.js';
import { newVocFile } from './new-voc-file.js';
import { VOID } from './read-voc.js';
import type { VocEntry } from './voc-files.js';
import { parseVoc } from './voc-xml.js';

/** A VOC data set that is open. */
export interface OpenVoc {
  readonly fs: FileSystem;
  readonly entries: readonly VocEntry[];
  readonly versions: FileVersions;
  readonly dataset: Dataset;
}

/** Changes of XML files, and of the palette PNGs of what has pixels: objects keep their order and their values. */
export async function saveVoc(voc: OpenVoc, edits: readonly Edit[]): Promise<FileChange[]> {
  const { dataset, entries, versions } = voc;
  const touched = touchedImages(edits, dataset.images.length).map((image) => entries[image]!);
  await versions.check(touched.flatMap(({ xml, objectPng, classPng }) => [xml, objectPng, classPng]));
  const plan = await planEdits(dataset, edits);
  if (plan.newImages.length > 0)
    throw cannotHold('Put the picture into JPEGImages; the annotations follow it.');
  refuseRecordEdits('VOC', plan, ['changeImage', 'scaleImage', 'removeImage']);
  assertAlone(plan, edits);
  const names = [...dataset.classes, ...plan.newClasses].map(({ name }) => name);
  const own = new Set(plan.ofRecords.flatMap((edit) => ('image' in edit ? [edit.image] : [])));
  const drawn = plan.changes.filter(({ before }) => !own.has(before.index));
  const lists = await Promise.all([
    ...plan.ofRecords.map((edit) => recordChanges(voc, edit)),
    ...drawn.map((change) => imageChanges(voc, change, names)),
  ]);
  return lists.flat();
}

async function imageChanges(
  voc: OpenVoc,
  change: RecordChange,
  names: readonly string[],
): Promise<FileChange[]> {
  const sorted = sortOut(change);
  const all = [...sorted.gone, ...sorted.kept.map(([was]) => was)];
  const loose = change.before.instances.some(({ key }) => !key.startsWith('o'));
  if (all.some(({ key }) => !key.startsWith('o')) || (loose && hasPixels(sorted.fresh))) {
    throw cannotHold(
      'The masks of this image hold values that its XML file has no objects for; mend that first.',
    );
  }
  for (const one of change.after.instances)
    if (one.crowd || one.score !== undefined) throw cannotHold('VOC has no crowds and no scores.');
  return [...(await xmlChange(voc, change, sorted, names)), ...(await pngChanges(voc, change, sorted))];
}

function hasPixels(instances: readonly Instance[]): boolean {
  return instances.some(({ shape }) => shape.kind === 'pixels' || shape.kind === 'polygons');
}

function placeOf({ key }: Instance): number {
  return Number(key.slice(1));
}

async function xmlChange(
  { fs, entries }: OpenVoc,
  { before, after }: RecordChange,
  sorted: SortedOut,
  names: readonly string[],
): Promise<FileChange[]> {
  const { xml } = entries[before.index]!;
  const base = await fs.stat(xml);
  if (!base) return [{ type: 'write', path: xml, bytes: newVocFile(after, names) }];
  const nameOf = ({ classIndex }: Instance) => {
    const name = names[classIndex];
    if (name !== undefined) return name;
    throw new CutkitError('BAD_OPTION', `There is no class ${classIndex}.`, 'Add the class first.');
  };
  const file = parseVoc(xml, await fs.read(xml));
  if (!file) throw cannotHold(`${xml} is no VOC file.`);
  const splices = editVoc(file, {
    removed: sorted.gone.map(placeOf),
    kept: sorted.kept.map(([was, is]) => ({
      place: placeOf(was),
      was,
      is,
      name: is.classIndex === was.classIndex ? '' : nameOf(is),
    })),
    added: sorted.fresh.map((instance) => ({ instance, name: nameOf(instance) })),
  });
  return splices.length === 0 ? [] : [{ type: 'splice', path: xml, base, splices }];
}

/** Both masks: values move up where objects before them go, and what changed is painted last. */
async function pngChanges(
  { fs, entries }: OpenVoc,
  change: RecordChange,
  { kept, gone, fresh }: SortedOut,
): Promise<FileChange[]> {
  const { before, after } = change;
  const { objectPng, classPng } = entries[before.index]!;
  if (!hasPixels(after.instances) && !hasPixels(before.instances)) return [];
  const { width, height } = before;
  const changed = new Set(
    kept
      .filter(([was, is]) => was.shape !== is.shape || was.classIndex !== is.classIndex)
      .map(([, is]) => is.key),
  );
  const isFresh = new Set(fresh.map(({ key }) => key));
  const stale = [...gone, ...before.instances.filter(({ key }) => changed.has(key))].filter(hasShape);
  // The objects of the XML file after the edits, in their order, are the values from 1.
  const moves = new Map<number, number>();
  after.instances.forEach((one, i) => {
    if (!isFresh.has(one.key)) moves.set(placeOf(one) + 1, i + 1);
  });
  const paint = after.instances.flatMap((one, i) =>
    hasShape(one) && (changed.has(one.key) || isFresh.has(one.key)) ? [{ one, value: i + 1 }] : [],
  );
  if (after.instances.length >= VOID) throw cannotHold('A VOC mask holds 254 objects.');
  const objects = (values: Uint32Array) => {
    for (const one of stale)
      paintMask(values, rleOf(one, width, height), 0, (old) => old === placeOf(one) + 1);
    for (let i = 0; i < values.length; i++) values[i] = moves.get(values[i]!) ?? values[i]!;
    for (const { one, value } of paint) paintMask(values, rleOf(one, width, height), value);
  };
  const classes = (values: Uint32Array) => {
    for (const one of stale) paintMask(values, rleOf(one, width, height), 0, (old) => old !== VOID);
    for (const { one } of paint) paintMask(values, rleOf(one, width, height), one.classIndex + 1);
  };
  return [
    await pngChange(fs, objectPng, width, height, objects),
    await pngChange(fs, classPng, width, height, classes),
  ];
}

function hasShape({ shape }: Instance): boolean {
  return shape.kind === 'pixels' || shape.kind === 'polygons';
}

async function pngChange(
  fs: FileSystem,
  path: string,
  width: number,
  height: number,
  edit: (values: Uint32Array) => void,
): Promise<FileChange> {
  const base = await fs.stat(path);
  if (base) {
    const bytes = await fs.read(path);
    const plane = readIds(path, bytes);
    assertPaintable(path, plane);
    const values = Uint32Array.from(plane.values);
    edit(values);
    assertHolds(path, plane, values);
    return planeChange(path, base, bytes, plane, values);
  }
  const values = new Uint32Array(width * height);
  edit(values);
  const palette = Array.from({ length: 256 }, (_, i) => vocColour(i));
  return { type: 'write', path, bytes: writePng({ width, height, depth: 8, channels: 1, palette, values }) };
}
