import { areaOfRle, CutkitError, type RunLengths } from '@cutkit/core';
import { type NewClass, planEdits, type RecordChange, type RecordEdit } from '../../edits/plan.js';
import { sortOut } from '../../edits/sort-out.js';
import { rleOf } from '../../geometry/instance-pixels.js';
import type { FileChange } from '../../model/change.js';
import type { Dataset } from '../../model/dataset.js';
import type { Edit } from '../../model/edit.js';
import type { FileSystem } from '../../model/file-system.js';
import type { MaskReading } from '../../model/open-options.js';
import type { Instance } from '../../model/record.js';
import { editPlane, type PlaneStep, planeChange } from '../../png/edit-plane.js';
import { type NewPng, writePng } from '../../png/write-png.js';
import { assertHolds, assertPaintable } from '../assert-paintable.js';
import { type FileVersions, touchedImages } from '../file-versions.js';
import { assertAlone, deletion, scaledPng } from '../record-changes.js';
import { cannotHold, refuseRecordEdits } from '../refuse.js';
import { addNamedValues } from './add-names.js';
import type { MaskSample } from './choose-reading.js';
import { IGNORED } from './choose-reading.js';
import type { NamesFile } from './class-names.js';
import type { MaskPair } from './mask-files.js';
import { readMask } from './read-mask.js';

/** A folder of masks that is open. */
export interface OpenMasks {
  readonly fs: FileSystem;
  readonly folder: string;
  readonly pairs: readonly MaskPair[];
  readonly reading: MaskReading;
  readonly names: NamesFile | undefined;
  readonly samples: readonly MaskSample[];
  readonly versions: FileVersions;
  readonly dataset: Dataset;
}

/** Changes of mask PNGs: pixels of what went become 0, what came is painted last. Palettes and texts stay. */
export async function saveMasks(masks: OpenMasks, edits: readonly Edit[]): Promise<FileChange[]> {
  const { fs, folder, dataset, names, pairs, reading, versions } = masks;
  await versions.check(touchedImages(edits, dataset.images.length).map((image) => pairs[image]!.mask));
  const plan = await planEdits(dataset, edits);
  if (plan.newImages.length > 0)
    throw cannotHold('Put the picture beside the others; the masks follow the folder.');
  refuseRecordEdits('A folder of masks', plan, ['scaleImage', 'removeImage']);
  assertAlone(plan, edits);
  const added = valuesFor(masks, plan.newClasses);
  const values = [...dataset.classes.map(({ id }) => id as number), ...added.map(({ value }) => value)];
  const own = new Set(plan.ofRecords.flatMap((edit) => ('image' in edit ? [edit.image] : [])));
  const painted = plan.changes.filter(({ before }) => !own.has(before.index));
  const lists = await Promise.all([
    ...plan.ofRecords.map((edit) => recordChanges(masks, edit)),
    ...painted.map(async (change) => [await maskChange(masks, change, values)]),
  ]);
  const changes = lists.flat();
  if (added.length === 0) return changes;
  return [...changes, await addNamedValues(fs, folder, names, added, reading === 'rgb')];
}

/** Values, or colours, for new classes that no other has. */
function valuesFor({ reading, dataset }: OpenMasks, classes: readonly NewClass[]) {
  if (classes.length > 0 && reading !== 'index' && reading !== 'rgb') {
    throw cannotHold(`Masks read as ${reading} have one class.`);
  }
  const taken = new Set(dataset.classes.map(({ id }) => id as number));
  return classes.map(({ name, colour, id }) => {
    if (typeof id === 'number' && !taken.has(id)) {
      taken.add(id);
      return { value: id, name };
    }
    let value = colour && reading === 'rgb' ? colour[0] | (colour[1] << 8) | (colour[2] << 16) : 1;
    while (taken.has(value) || value === IGNORED || value === 0) value += reading === 'rgb' ? 0x35491b : 1;
    value &= 0xffffff;
    if (reading === 'index' && value > IGNORED) throw cannotHold('Masks hold 254 classes.');
    taken.add(value);
    return { value, name };
  });
}

async function recordChanges({ fs, pairs }: OpenMasks, edit: RecordEdit): Promise<FileChange[]> {
  if (edit.type === 'scaleImage') return scaledPng(fs, pairs[edit.image]!.mask, edit);
  return edit.type === 'removeImage' ? deletion(fs, pairs[edit.image]!.mask) : [];
}

async function maskChange(
  masks: OpenMasks,
  change: RecordChange,
  values: readonly number[],
): Promise<FileChange> {
  const { fs, pairs, reading, samples } = masks;
  const { mask } = pairs[change.before.index]!;
  const { width, height } = change.before;
  const base = await fs.stat(mask);
  const bytes = base && (await fs.read(mask));
  const plane = bytes && readMask(mask, bytes, reading);
  if (plane) assertPaintable(mask, plane);
  if (reading !== 'rgb' && plane && plane.channels >= 3 && !plane.grey)
    throw cannotHold(`${mask} has colours, where the other masks have none.`);
  const binary = samples.flatMap((sample) => sample.values).find((value) => value !== 0) ?? IGNORED;
  let next = Math.max(0, ...change.before.instances.map(({ key }) => Number(key)));
  const newValue = (instance: Instance, fresh: boolean): number => {
    if (reading === 'binary') return binary;
    if (reading === 'id') return fresh ? ++next : Number(instance.key);
    const value = values[instance.classIndex];
    if (value !== undefined) return value;
    throw new CutkitError('BAD_OPTION', `There is no class ${instance.classIndex}.`, 'Add the class first.');
  };
  const oldValue = ({ key }: Instance) => (reading === 'binary' ? undefined : Number(key));
  const steps = stepsOf(change, oldValue, newValue);
  if (plane && bytes && base) {
    const edited = editPlane(plane.values, steps);
    assertHolds(mask, plane, edited);
    return planeChange(mask, base, bytes, plane, edited);
  }
  const painted = editPlane(new Uint32Array(width * height), steps);
  return {
    type: 'write',
    path: mask,
    bytes: writePng(newMask(masks, mask, { width, height, values: painted })),
  };
}

/** A mask that there was not, as the others are. */
function newMask(
  { reading, samples }: OpenMasks,
  path: string,
  { width, height, values }: { width: number; height: number; values: Uint32Array },
): NewPng {
  const like = samples[0]?.plane;
  if (reading === 'rgb') return { width, height, values, channels: 3, depth: 8 };
  if (like?.grey) {
    assertHolds(path, like, values);
    return { width, height, values, channels: 3, depth: 8, grey: true };
  }
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  const depth = like?.depth === 16 || largest > 255 ? 16 : 8;
  const palette = depth === 8 && like?.palette && largest < like.palette.length ? like.palette : undefined;
  return { width, height, values, channels: 1, depth, ...(palette && { palette }) };
}

/** Clears what went and what moved, then paints what moved and what came. */
function stepsOf(
  change: RecordChange,
  oldValue: (one: Instance) => number | undefined,
  newValue: (one: Instance, fresh: boolean) => number,
): PlaneStep[] {
  const { width, height } = change.before;
  const { kept, gone, fresh } = sortOut(change);
  for (const [was, is] of kept) {
    if (was.shape === is.shape && was.classIndex === is.classIndex)
      throw cannotHold('Mask PNGs hold pixels only.');
  }
  const clear = (one: Instance): PlaneStep => ({
    type: 'clear',
    rle: rleOf(one, width, height),
    value: oldValue(one),
  });
  const paint = (one: Instance, isFresh: boolean): PlaneStep => ({
    type: 'paint',
    rle: pixelsOf(one, width, height),
    value: newValue(one, isFresh),
  });
  return [
    ...[...gone, ...kept.map(([was]) => was)].map(clear),
    ...kept.map(([, is]) => paint(is, false)),
    ...fresh.map((one) => paint(one, true)),
  ];
}

function pixelsOf(instance: Instance, width: number, height: number): RunLengths {
  if (instance.crowd || instance.score !== undefined)
    throw cannotHold('Mask PNGs have no crowds and no scores.');
  const rle = rleOf(instance, width, height);
  if (areaOfRle(rle) > 0) return rle;
  throw cannotHold('A mask PNG holds nothing of an empty instance; remove it instead.');
}
