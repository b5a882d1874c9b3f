import { areaOfRle, type WorkOptions } from '@cutkit/core';
import { boxOfShape, rleOf } from '../geometry/instance-pixels.js';
import { imageSize } from '../images/image-size.js';
import type { Dataset } from '../model/dataset.js';
import type { FileSystem } from '../model/file-system.js';
import type { Finding, FindingKind } from '../model/finding.js';
import type { DatasetClass, ImageRecord, Instance, Location } from '../model/record.js';
import type { Box } from '../model/shape.js';

/** What a lint looks at. */
export interface LintOptions extends WorkOptions {
  /** Whether image files are looked up and measured, which costs a request or two an image. True by default. */
  readonly files?: boolean;
}

/** Outlines on the very edge are a rounding error away from it. */
const SLACK = 1;
/** A stated box may be this far from its shape before it is said. */
const BOX_SLACK = 2;

/** Everything wrong or likely wrong in a data set, as it is found: what opening showed, then image by image, then classes. */
export async function* lint(
  dataset: Dataset,
  fs: FileSystem,
  { files = true, ...work }: LintOptions = {},
): AsyncGenerator<Finding> {
  yield* dataset.findings;
  const used = new Set<number>();
  for await (const record of dataset.records(work)) {
    for (const { classIndex } of record.instances) used.add(classIndex);
    if (files) yield* await lintFile(dataset, fs, record);
    yield* lintRecord(record, dataset.classes, dataset.readOnly === undefined);
  }
  for (const { index, name } of dataset.classes) {
    if (used.has(index)) continue;
    yield {
      kind: 'unused-class',
      severity: 'information',
      message: `No instance has the class “${name}”.`,
      location: { path: dataset.path, start: 0, end: 0 },
    };
  }
}

async function lintFile(dataset: Dataset, fs: FileSystem, record: ImageRecord): Promise<Finding[]> {
  const path = await dataset.imagePath(record.index);
  const location = placeOfRecord(dataset, record);
  const about = { location, image: record.index };
  if (path === undefined) {
    return [
      {
        kind: 'missing-image',
        severity: 'warning',
        message: `The image ${record.name} is not there.`,
        ...about,
      },
    ];
  }
  const size = await imageSize(fs, path);
  if (!size)
    return [{ kind: 'unreadable-file', severity: 'warning', message: `${path} is no picture.`, ...about }];
  if (record.width === 0 || (size.width === record.width && size.height === record.height)) return [];
  const turned = size.width === record.height && size.height === record.width;
  const message = `The annotations are for ${record.width}×${record.height} pixels, ${record.name} has ${size.width}×${size.height}${turned ? ': width and height are swapped, or the picture is turned by its EXIF orientation' : ''}.`;
  return [{ kind: 'size-mismatch', severity: 'error', message, ...about }];
}

function placeOfRecord(dataset: Dataset, { files, instances }: ImageRecord): Location {
  return instances[0]?.location ?? { path: files[0] ?? dataset.path, start: 0, end: 0 };
}

/** What is wrong inside of one record. `fixable` says whether fixes can be offered. */
export function lintRecord(
  record: ImageRecord,
  classes: readonly DatasetClass[],
  fixable: boolean,
): Finding[] {
  return record.instances.flatMap((instance) => lintInstance(instance, record, classes, fixable));
}

function lintInstance(
  instance: Instance,
  record: ImageRecord,
  classes: readonly DatasetClass[],
  fixable: boolean,
): Finding[] {
  const { key, shape, box, classIndex, problem } = instance;
  const { index: image, width, height } = record;
  const found: Finding[] = [];
  const add = (kind: FindingKind, severity: Finding['severity'], message: string, fix?: Finding['fix']) => {
    const location = instance.location ?? { path: record.files[0] ?? '', start: 0, end: 0 };
    found.push({ kind, severity, message, location, image, key, ...(fix && fixable && { fix }) });
  };
  const remove = { title: 'Remove the annotation', edits: [{ type: 'remove', image, key }] } as const;
  if (classIndex < 0 || classIndex >= classes.length)
    add('unknown-class', 'error', 'The class is not among those of the data set.');
  if (problem !== undefined) add('invalid-mask', 'error', problem);
  if (shape.kind === 'invalid') {
    add('invalid-mask', 'error', shape.reason, remove);
    return found;
  }
  if (shape.kind === 'none' || width === 0 || height === 0) return found;
  if (shape.kind === 'pixels' && (shape.rle.size[0] !== height || shape.rle.size[1] !== width)) {
    const [rows, columns] = shape.rle.size;
    add('size-mismatch', 'error', `The mask is ${columns}×${rows} pixels, the image ${width}×${height}.`);
  }
  const around = shape.kind === 'box' ? box : boxOfShape(shape);
  if (outside(around, width, height, SLACK)) {
    const edits = [{ type: 'change', image, key, change: clipped(instance, width, height) }] as const;
    add('out-of-bounds', 'error', `It reaches beyond the image’s ${width}×${height} pixels.`, {
      title: 'Cut it at the image’s edge',
      edits,
    });
  }
  const empty =
    shape.kind === 'box' ? box[2] <= 0 || box[3] <= 0 : areaOfRle(rleOf(instance, width, height)) === 0;
  if (empty) add('empty', 'warning', 'It covers no pixel.', remove);
  else if (shape.kind !== 'box' && differs(around, box, BOX_SLACK)) {
    const edits = [{ type: 'change', image, key, change: { box: around } }] as const;
    add('box-mismatch', 'warning', 'The stated box is not around the shape.', {
      title: 'Fit the box to the shape',
      edits,
    });
  }
  return found;
}

function outside([x, y, w, h]: Box, width: number, height: number, slack: number): boolean {
  return x < -slack || y < -slack || x + w > width + slack || y + h > height + slack;
}

function differs(a: Box, b: Box, slack: number): boolean {
  return [a[0] - b[0], a[1] - b[1], a[0] + a[2] - b[0] - b[2], a[1] + a[3] - b[1] - b[3]].some(
    (off) => Math.abs(off) > slack,
  );
}

/** The part inside of the image: corners of outlines move to its edge. */
function clipped({ shape, box }: Instance, width: number, height: number): Partial<Instance> {
  const clamp = (ring: readonly number[]) =>
    ring.map((value, i) => Math.min(i % 2 === 0 ? width : height, Math.max(0, value)));
  if (shape.kind === 'polygons') {
    const parts = shape.parts.map(({ outline, holes }) => ({
      outline: clamp(outline),
      holes: holes.map(clamp),
    }));
    return { shape: { kind: 'polygons', parts } };
  }
  if (shape.kind === 'pixels')
    return { shape: { kind: 'pixels', rle: rleOf({ shape, box }, width, height) } };
  const [x0, y0, x1, y1] = clamp([box[0], box[1], box[0] + box[2], box[1] + box[3]]) as [
    number,
    number,
    number,
    number,
  ];
  return { box: [x0, y0, x1 - x0, y1 - y0] };
}
