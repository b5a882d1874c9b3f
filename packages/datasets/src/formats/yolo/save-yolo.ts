import { CutkitError } from '@cutkit/core';
import { type NewClass, planEdits, type RecordChange } from '../../edits/plan.js';
import { sortOut } from '../../edits/sort-out.js';
import type { FileChange } from '../../model/change.js';
import type { Dataset } from '../../model/dataset.js';
import type { Edit } from '../../model/edit.js';
import type { FileSystem } from '../../model/file-system.js';
import type { Instance } from '../../model/record.js';
import { editLines, linesOf } from '../../text/lines.js';
import { encodeText } from '../../text/utf8.js';
import { type FileVersions, touchedImages } from '../file-versions.js';
import { assertAlone } from '../record-changes.js';
import { assertUnchanged, cannotHold, refuseRecordEdits } from '../refuse.js';
import { addNames } from './data-yaml.js';
import { writeLine } from './label-line.js';
import { listChanges } from './list-changes.js';
import type { YoloLayout } from './yolo-layout.js';

/** A YOLO data set that is open. */
export interface OpenYolo {
  readonly fs: FileSystem;
  readonly layout: YoloLayout;
  readonly dataset: Dataset;
  readonly versions: FileVersions;
}

/** Changes of label files, line by line, and of the names in `data.yaml` or `classes.txt`. */
export async function saveYolo(yolo: OpenYolo, edits: readonly Edit[]): Promise<FileChange[]> {
  const { dataset, layout, versions } = yolo;
  await versions.check(
    touchedImages(edits, dataset.images.length).map((image) => layout.images[image]!.label),
  );
  const plan = await planEdits(dataset, edits);
  if (plan.newImages.length > 0) {
    throw cannotHold(
      'A YOLO data set has the images that lie in its folders; put the picture there instead.',
    );
  }
  refuseRecordEdits('YOLO', plan, ['changeImage', 'removeImage']);
  assertAlone(plan, edits);
  const added = numberedClasses(dataset.classes.length, plan.newClasses);
  const numbers = [...dataset.classes.map(({ index }) => index), ...added.map(({ number }) => number)];
  const changes = await Promise.all(plan.changes.map((change) => labelChange(yolo, change, numbers)));
  return [
    ...changes,
    ...(await listChanges(yolo.fs, layout.images, plan.ofRecords)),
    ...(await namesChange(yolo, added)),
  ];
}

async function labelChange(
  { fs, layout }: OpenYolo,
  change: RecordChange,
  numbers: readonly number[],
): Promise<FileChange> {
  const { label } = layout.images[change.before.index]!;
  const { width, height } = change.before;
  const write = (instance: Instance) => {
    const number = numbers[instance.classIndex];
    if (number === undefined) {
      throw new CutkitError(
        'BAD_OPTION',
        `There is no class ${instance.classIndex}.`,
        'Add the class first.',
      );
    }
    return writeLine({ ...instance, classIndex: number }, { width, height, pose: layout.pose });
  };
  const { kept, gone, fresh } = sortOut(change);
  const added = fresh.map(write);
  const base = await fs.stat(label);
  if (!base)
    return { type: 'write', path: label, bytes: encodeText(added.map((line) => `${line}\n`).join('')) };
  const bytes = await fs.read(label);
  const splices = editLines(
    bytes,
    linesOf(bytes),
    new Map(kept.map(([was, is]) => [Number(was.key), write(is)])),
    new Set(gone.map(({ key }) => Number(key))),
    added,
  );
  return { type: 'splice', path: label, base, splices };
}

/** A class with the number that labels call it by. */
interface NumberedClass {
  readonly number: number;
  readonly name: string;
}

/** New classes by their numbers: those that labels use already, else the next. */
function numberedClasses(count: number, added: readonly NewClass[]): NumberedClass[] {
  let next = count;
  return added.map(({ id, name }) => {
    const number = typeof id === 'number' && id >= next ? id : next;
    next = number + 1;
    return { number, name };
  });
}

async function namesChange({ fs, layout }: OpenYolo, added: readonly NumberedClass[]): Promise<FileChange[]> {
  const last = added.at(-1);
  if (!last) return [];
  // A name's place is its number, so the classes between are named by theirs.
  const first = layout.names.length;
  const byNumber = new Map(added.map(({ number, name }) => [number, name]));
  const names = Array.from(
    { length: last.number + 1 - first },
    (_, i) => byNumber.get(first + i) ?? String(first + i),
  );
  const { yaml, list, stat } = layout;
  const file = yaml ?? list;
  if (!file || !stat)
    throw cannotHold('Nothing names the classes of this YOLO data set; add a data.yaml first.');
  await assertUnchanged(fs, file.path, stat);
  const splices = yaml
    ? addNames(yaml.content, names)
    : editLines(list!.bytes, linesOf(list!.bytes), new Map(), new Set(), names);
  if (!splices) throw cannotHold(`${file.path} has no list of names to add to.`);
  return [{ type: 'splice', path: file.path, base: stat, splices }];
}
