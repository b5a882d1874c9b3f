import { areaOfRle, type RunLengths, type WorkOptions } from '@cutkit/core';
import { boxOfShape, rleOf } from '../geometry/instance-pixels.js';
import { sharedArea } from '../geometry/rle.js';
import type { Dataset } from '../model/dataset.js';
import type { DatasetClass, ImageRecord, Instance } from '../model/record.js';
import type { Box } from '../model/shape.js';
import type { CompareOptions, DatasetComparison, ImageComparison, InstanceMatch } from './comparison.js';

/** A record with the classes that its indices mean. */
export interface ComparedRecord {
  readonly record: ImageRecord;
  readonly classes: readonly DatasetClass[];
}

/** Pairs below this IoU do not count, as in COCO's most quoted figure. */
const THRESHOLD = 0.5;

/** What of an instance a comparison needs. */
interface Measured {
  readonly instance: Instance;
  readonly name: string;
  /** Around the shape itself: what a file states may be wrong. */
  readonly box: Box;
  readonly rle: RunLengths;
  readonly area: number;
}

/**
 * Pairs two annotations of one image as COCO's evaluation does: predictions in the order of their scores, each with the
 * truth of the largest IoU that is still free. A prediction that finds only a crowd is ignored.
 */
export function compareRecords(
  truth: ComparedRecord,
  prediction: ComparedRecord,
  { iouThreshold = THRESHOLD, sameClass = true }: CompareOptions = {},
): ImageComparison {
  const { width, height } = truth.record;
  const truths = measure(truth, width, height);
  const predictions = measure(prediction, width, height).sort(
    (a, b) => (b.instance.score ?? 1) - (a.instance.score ?? 1),
  );
  const free = new Set(truths.filter(({ instance }) => !instance.crowd));
  const matches: InstanceMatch[] = [];
  const extra: Instance[] = [];
  const ignored: Instance[] = [];
  for (const one of predictions) {
    const fitting = (other: Measured) => !sameClass || other.name === one.name;
    let [best, bestIou]: [Measured | undefined, number] = [undefined, iouThreshold];
    for (const other of free) {
      if (!fitting(other) || !boxesMeet(one.box, other.box)) continue;
      const iou = iouOf(one, other);
      if (iou >= bestIou && iou > 0) [best, bestIou] = [other, iou];
    }
    if (best) {
      free.delete(best);
      matches.push({ truth: best.instance, prediction: one.instance, iou: bestIou });
    } else {
      const inCrowd = truths.some(
        (other) => other.instance.crowd && fitting(other) && shareInside(one, other) >= iouThreshold,
      );
      (inCrowd ? ignored : extra).push(one.instance);
    }
  }
  return { matches, extra, missed: [...free].map(({ instance }) => instance), ignored };
}

function measure({ record, classes }: ComparedRecord, width: number, height: number): Measured[] {
  return record.instances.flatMap((instance) => {
    if (instance.shape.kind === 'none' || instance.shape.kind === 'invalid') return [];
    const rle = rleOf(instance, width, height);
    const name = classes[instance.classIndex]?.name ?? '';
    return [{ instance, name, box: boxOfShape(instance.shape, instance.box), rle, area: areaOfRle(rle) }];
  });
}

/** IoU of pixels; of boxes where either is no more than a box. */
function iouOf(a: Measured, b: Measured): number {
  if (a.instance.shape.kind === 'box' || b.instance.shape.kind === 'box') return boxIou(a.box, b.box);
  const shared = sharedArea(a.rle, b.rle);
  return shared === 0 ? 0 : shared / (a.area + b.area - shared);
}

/** How much of a prediction lies in a crowd. */
function shareInside(one: Measured, crowd: Measured): number {
  return one.area === 0 ? 0 : sharedArea(one.rle, crowd.rle) / one.area;
}

function boxIou(a: Box, b: Box): number {
  const width = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (a[2] * a[3] + b[2] * b[3] - width * height);
}

/** Boxes that are a pixel apart share nothing. */
function boxesMeet(a: Box, b: Box): boolean {
  return (
    a[0] <= b[0] + b[2] + 1 && b[0] <= a[0] + a[2] + 1 && a[1] <= b[1] + b[3] + 1 && b[1] <= a[1] + a[3] + 1
  );
}

/** Compares two data sets image by image; images are matched by name, those that only one has count as empty there. */
export async function compareDatasets(
  truth: Dataset,
  prediction: Dataset,
  options: CompareOptions & WorkOptions = {},
): Promise<DatasetComparison> {
  const images: { name: string; comparison: ImageComparison }[] = [];
  const seen = new Set<number>();
  for await (const record of truth.records(options)) {
    const index = prediction.images.find(record.name);
    seen.add(index);
    const other = index < 0 ? { ...record, instances: [] } : await prediction.read(index);
    images.push({
      name: record.name,
      comparison: compareRecords(
        { record, classes: truth.classes },
        { record: other, classes: prediction.classes },
        options,
      ),
    });
  }
  for (let index = 0; index < prediction.images.length; index++) {
    if (seen.has(index)) continue;
    const record = await prediction.read(index);
    const empty = { record: { ...record, instances: [] }, classes: truth.classes };
    images.push({
      name: record.name,
      comparison: compareRecords(empty, { record, classes: prediction.classes }, options),
    });
  }
  const all = images.map(({ comparison }) => comparison);
  const matches = all.flatMap((one) => one.matches);
  const count = (list: 'extra' | 'missed') => all.reduce((sum, one) => sum + one[list].length, 0);
  const [hits, extra, missed] = [matches.length, count('extra'), count('missed')];
  return {
    images,
    truePositives: hits,
    falsePositives: extra,
    falseNegatives: missed,
    precision: hits + extra === 0 ? 1 : hits / (hits + extra),
    recall: hits + missed === 0 ? 1 : hits / (hits + missed),
    meanIou: hits === 0 ? 0 : matches.reduce((sum, { iou }) => sum + iou, 0) / hits,
  };
}
