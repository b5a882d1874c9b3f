import { areaOfRle } from '@cutkit/core';
import { boxOfShape, rleOf } from '../../geometry/instance-pixels.js';
import { scaleRle } from '../../geometry/scale.js';
import type { Dataset, Format } from '../../model/dataset.js';
import type { Finding, FindingKind, Fix } from '../../model/finding.js';
import type { DatasetClass, ImageRecord, Instance } from '../../model/record.js';
import type { Box } from '../../model/shape.js';
import { type Sentence, say } from '../../sentences/sentence.js';
import { clipped } from './clip.js';

/** Outlines on the very edge are a rounding error away from it. */
const SLACK = 1;
/** A stated box may be this far from its shape before it is said. */
const BOX_SLACK = 2;
/** Formats with classes by numbers, which annotations may use without a name. */
const NUMBERED: ReadonlySet<Format> = new Set<Format>(['coco', 'yolo', 'masks']);

/** What is wrong inside of one record. Fixes are offered where its data set can be written. */
export function lintRecord(
  record: ImageRecord,
  classes: readonly DatasetClass[],
  dataset: Pick<Dataset, 'format' | 'readOnly'>,
): Finding[] {
  return record.instances.flatMap((instance) => lintInstance(instance, record, classes, dataset));
}

function lintInstance(
  instance: Instance,
  record: ImageRecord,
  classes: readonly DatasetClass[],
  { format, readOnly }: Pick<Dataset, 'format' | 'readOnly'>,
): Finding[] {
  const { key, shape, box, classIndex, problem } = instance;
  const { index: image, width, height } = record;
  const found: Finding[] = [];
  const add = (
    kind: FindingKind,
    severity: Finding['severity'],
    message: Sentence,
    fixes: readonly Fix[] = [],
  ) => {
    const location = instance.location ?? { path: record.files[0] ?? '', start: 0, end: 0 };
    found.push({ kind, severity, message, location, image, key, fixes: readOnly ? [] : fixes });
  };
  const change = (title: Sentence, to: Partial<Instance>): Fix => ({
    title,
    edits: [{ type: 'change', image, key, change: to }],
  });
  const remove: Fix = { title: say('fix-remove'), edits: [{ type: 'remove', image, key }] };
  if (classIndex < 0 || classIndex >= classes.length) {
    const { classId: id } = instance;
    const message = id === undefined ? say('class-unknown') : say('class-unknown-id', { id });
    add('unknown-class', 'error', message, classFixes(instance, image, format, classes.length > 0));
  }
  if (problem !== undefined) add('invalid-mask', 'error', problem);
  if (shape.kind === 'invalid') {
    add('invalid-mask', 'error', shape.reason, [remove]);
    return found;
  }
  if (shape.kind === 'none' || width === 0 || height === 0) return found;
  if (shape.kind === 'pixels' && (shape.rle.size[0] !== height || shape.rle.size[1] !== width)) {
    const [rows, columns] = shape.rle.size;
    const sizes = { width: columns, height: rows, imageWidth: width, imageHeight: height };
    const scaled = { shape: { kind: 'pixels', rle: scaleRle(shape.rle, width, height) } } as const;
    const turned = rows === width && columns === height;
    const fixes = turned ? [] : [change(say('fix-scale-mask', { width, height }), scaled)];
    add('size-mismatch', 'error', say('mask-size-differs', sizes), fixes);
  }
  const around = shape.kind === 'box' ? box : boxOfShape(shape);
  if (outside(around, width, height, SLACK)) {
    const fix = change(say('fix-clip'), clipped(instance, width, height));
    add('out-of-bounds', 'error', say('reaches-beyond', { width, height }), [fix]);
  }
  const empty =
    shape.kind === 'box' ? box[2] <= 0 || box[3] <= 0 : areaOfRle(rleOf(instance, width, height)) === 0;
  if (empty) add('empty', 'warning', say('covers-nothing'), [remove]);
  else if (shape.kind !== 'box' && differs(around, box, BOX_SLACK))
    add('box-mismatch', 'warning', say('box-elsewhere'), [change(say('fix-box'), { box: around })]);
  return found;
}

/** The class is named, or another one meant; both where the format has a list of classes and refers to it by numbers. */
function classFixes({ key, classId }: Instance, image: number, format: Format, hasOthers: boolean): Fix[] {
  if (!NUMBERED.has(format)) return [];
  const fixes: Fix[] = [];
  if (classId !== undefined) {
    fixes.push({
      title: say('fix-add-class', { id: classId }),
      ask: 'name',
      suggestion: typeof classId === 'number' ? `class ${classId}` : classId,
      edits: (name) => [{ type: 'addClass', name, id: classId }],
    });
  }
  if (hasOthers) {
    fixes.push({
      title: say('fix-pick-class'),
      ask: 'class',
      edits: (classIndex) => [{ type: 'change', image, key, change: { classIndex } }],
    });
  }
  return fixes;
}

function outside([x, y, w, h]: Box, width: number, height: number, slack: number): boolean {
  return x < -slack || y < -slack || x + w > width + slack || y + h > height + slack;
}

function differs(a: Box, b: Box, slack: number): boolean {
  return [a[0] - b[0], a[1] - b[1], a[0] + a[2] - b[0] - b[2], a[1] + a[3] - b[1] - b[3]].some(
    (off) => Math.abs(off) > slack,
  );
}
