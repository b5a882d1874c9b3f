import { CutkitError } from '@cutkit/core';
import { planEdits, type RecordChange } from '../../edits/plan.js';
import { sortOut } from '../../edits/sort-out.js';
import type { FileChange } from '../../model/change.js';
import type { Dataset } from '../../model/dataset.js';
import type { Edit } from '../../model/edit.js';
import type { FileSystem } from '../../model/file-system.js';
import type { DatasetClass, Instance } from '../../model/record.js';
import { editLines, linesOf } from '../../text/lines.js';
import { encodeText } from '../../text/utf8.js';
import { type FileVersions, touchedImages } from '../file-versions.js';
import { assertUnchanged, cannotHold } from '../refuse.js';
import { addNames } from './data-yaml.js';
import { writeLine } from './label-line.js';
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
  const classes = dataset.classes.length + plan.newClasses.length;
  const changes = await Promise.all(plan.changes.map((change) => labelChange(yolo, change, classes)));
  return [...changes, ...(await namesChange(yolo, plan.newClasses))];
}

async function labelChange(
  { fs, layout }: OpenYolo,
  change: RecordChange,
  classes: number,
): Promise<FileChange> {
  const { label } = layout.images[change.before.index]!;
  const { width, height } = change.before;
  const write = (instance: Instance) => {
    if (instance.classIndex < 0 || instance.classIndex >= classes) {
      throw new CutkitError(
        'BAD_OPTION',
        `There is no class ${instance.classIndex}.`,
        'Add the class first.',
      );
    }
    return writeLine(instance, { width, height, pose: layout.pose });
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

async function namesChange({ fs, layout }: OpenYolo, added: readonly DatasetClass[]): Promise<FileChange[]> {
  if (added.length === 0) return [];
  const names = added.map(({ name }) => name);
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
