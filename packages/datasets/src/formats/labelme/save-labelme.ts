import { planEdits, type RecordChange } from '../../edits/plan.js';
import { sortOut } from '../../edits/sort-out.js';
import type { FileChange, Splice } from '../../model/change.js';
import type { Dataset } from '../../model/dataset.js';
import type { Edit } from '../../model/edit.js';
import type { ByteRange, FileSystem } from '../../model/file-system.js';
import { nameOf } from '../../model/paths.js';
import type { Instance } from '../../model/record.js';
import { memberOf, parseJson } from '../../text/json-document.js';
import { editList, layoutOf, setMembers } from '../../text/json-edit.js';
import { elementsOf } from '../../text/json-scan.js';
import { stringify, styleAt } from '../../text/json-style.js';
import { type FileVersions, touchedImages } from '../file-versions.js';
import { assertAlone } from '../record-changes.js';
import { cannotHold, refuseRecordEdits } from '../refuse.js';
import { recordChanges } from './change-record.js';
import type { LabelmeEntry } from './labelme-files.js';
import { newLabelmeFile } from './new-labelme-file.js';
import { labelOf, newShape, newShapes } from './new-shapes.js';
import { writeShapes } from './write-shapes.js';

/** A LabelMe data set that is open. */
export interface OpenLabelme {
  readonly fs: FileSystem;
  readonly root: string;
  readonly entries: readonly LabelmeEntry[];
  readonly versions: FileVersions;
  readonly dataset: Dataset;
}

/** Changes of JSON files, one an image that changes: only the shapes and members that differ. */
export async function saveLabelme(labelme: OpenLabelme, edits: readonly Edit[]): Promise<FileChange[]> {
  const { dataset, entries, versions } = labelme;
  const touched = touchedImages(edits, dataset.images.length);
  await versions.check(touched.map((image) => entries[image]!.json));
  const plan = await planEdits(dataset, edits);
  if (plan.newImages.length > 0) {
    throw cannotHold(
      'A LabelMe data set has the images that lie in its folder; put the picture there instead.',
    );
  }
  refuseRecordEdits('LabelMe', plan, ['changeImage', 'scaleImage', 'removeImage']);
  assertAlone(plan, edits);
  const names = [...dataset.classes, ...plan.newClasses].map(({ name }) => name);
  const own = new Set(plan.ofRecords.flatMap((edit) => ('image' in edit ? [edit.image] : [])));
  const shaped = plan.changes.filter(({ before }) => !own.has(before.index));
  const lists = await Promise.all([
    ...plan.ofRecords.map((edit) => recordChanges(labelme, edit)),
    ...shaped.map(async (change) => [await fileChange(labelme, change, names)]),
  ]);
  return lists.flat();
}

async function fileChange(
  { fs, entries }: OpenLabelme,
  change: RecordChange,
  names: readonly string[],
): Promise<FileChange> {
  const { json } = entries[change.before.index]!;
  const base = await fs.stat(json);
  if (!base)
    return {
      type: 'write',
      path: json,
      bytes: newLabelmeFile(change.after, names, nameOf(change.before.name)),
    };
  const bytes = await fs.read(json);
  const { start } = parseJson(json, bytes);
  const open = memberOf(bytes, start, 'shapes')!.start;
  const ranges = elementsOf(bytes, open);
  const style = ranges[0]
    ? styleAt(bytes, ranges[0].start, ranges[0].end, 2)
    : styleAt(bytes, start, bytes.length, 0);
  const { kept, gone, fresh } = sortOut(change);
  const removed = new Set(gone.flatMap(({ key }) => placesOf(key)));
  const added: Record<string, unknown>[] = [];
  const splices: Splice[] = [];
  let nextGroup = largestGroup(change.before.instances);
  for (const [was, is] of kept) {
    const places = placesOf(was.key);
    const moved = is.shape !== was.shape || is.box !== was.box;
    const shapes = moved ? writeShapes(is, change.before.width, change.before.height) : [];
    const group = groupOf(is) ?? (shapes.length > 1 ? ++nextGroup : undefined);
    const common = { ...membersThatChange(was, is, names), ...(shapes.length > 1 && { group_id: group }) };
    places.forEach((place, i) => {
      if (moved && !shapes[i]) removed.add(place);
      else splices.push(...setMembersOf(bytes, ranges[place]!, { ...common, ...shapes[i] }));
    });
    for (const extra of shapes.slice(places.length)) {
      added.push(newShape(is, names, extra, group));
    }
  }
  for (const instance of fresh) {
    const shapes = newShapes(instance, names, change.before.width, change.before.height, nextGroup + 1);
    if (shapes.length > 1) nextGroup++;
    added.push(...shapes);
  }
  const texts = added.map((one) => stringify(one, style, 2));
  const list = {
    open,
    close: closeOf(bytes, ranges, open),
    count: ranges.length,
    range: (i: number) => ranges[i]!,
  };
  splices.push(...editList(list, removed, texts, layoutOf(style, 1)));
  return { type: 'splice', path: json, base, splices: splices.sort((a, b) => a.start - b.start) };
}

/** Each shape keeps its own layout, since people mix them by hand. */
function setMembersOf(
  bytes: Uint8Array,
  { start, end }: ByteRange,
  members: Record<string, unknown>,
): Splice[] {
  return setMembers(bytes, start, members, styleAt(bytes, start, end, 2), 2);
}

function placesOf(key: string): number[] {
  return key.split('+').map(Number);
}

function closeOf(bytes: Uint8Array, ranges: readonly { end: number }[], open: number): number {
  return bytes.indexOf(0x5d, ranges.at(-1)?.end ?? open + 1);
}

function groupOf({ extra }: Instance): unknown {
  return extra['group_id'] ?? undefined;
}

function largestGroup(instances: readonly Instance[]): number {
  return Math.max(0, ...instances.map((one) => groupOf(one)).filter((group) => typeof group === 'number'));
}

function membersThatChange(was: Instance, is: Instance, names: readonly string[]): Record<string, unknown> {
  if (is.crowd) throw cannotHold('LabelMe has no crowds.');
  const set: Record<string, unknown> = {};
  if (is.classIndex !== was.classIndex) set['label'] = labelOf(is, names);
  if (is.score !== was.score) set['score'] = is.score;
  for (const key of new Set([...Object.keys(was.extra), ...Object.keys(is.extra)])) {
    if (is.extra[key] !== was.extra[key]) set[key] = is.extra[key];
  }
  return set;
}
