import { areaOfRle, expandRle, type RunLengths } from '@cutkit/core';
import { boxOfShape } from '../../geometry/instance-pixels.js';
import type { Instance, Location } from '../../model/record.js';
import type { Box, Shape } from '../../model/shape.js';
import { type Sentence, say } from '../../sentences/sentence.js';

/** Members that an Instance has fields of its own for, or that tie it to image and class. */
const KNOWN = new Set(['segmentation', 'bbox', 'area', 'iscrowd', 'score', 'category_id', 'image_id']);

/** A COCO annotation as an instance. */
export function readAnnotation(
  value: Readonly<Record<string, unknown>>,
  key: string,
  classIndex: number,
  location: Location,
): Instance {
  const { shape, problem } = readSegmentation(value['segmentation'], isBox(value['bbox']));
  const box = isBox(value['bbox']) ? value['bbox'] : boxOfShape(shape);
  const { score, category_id: category } = value;
  const named = typeof category === 'number' || typeof category === 'string';
  return {
    key,
    classIndex,
    ...(classIndex < 0 && named && { classId: category }),
    shape,
    box,
    crowd: value['iscrowd'] === 1 || value['iscrowd'] === true,
    ...(typeof score === 'number' && { score }),
    ...(problem !== undefined && { problem }),
    extra: Object.fromEntries(Object.entries(value).filter(([name]) => !KNOWN.has(name))),
    location,
  };
}

function isBox(value: unknown): value is Box {
  return Array.isArray(value) && value.length === 4 && value.every((one) => Number.isFinite(one));
}

/** A COCO `segmentation`: lists of corners, or run lengths as numbers or as text. */
function readSegmentation(value: unknown, hasBox: boolean): { shape: Shape; problem?: Sentence } {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) {
    return { shape: hasBox ? { kind: 'box' } : { kind: 'none', what: 'no segmentation and no box' } };
  }
  if (Array.isArray(value)) return readPolygons(value);
  if (typeof value === 'object') return { shape: readRle(value as Record<string, unknown>) };
  return { shape: { kind: 'invalid', reason: say('no-shape-kind') } };
}

function readPolygons(rings: readonly unknown[]): { shape: Shape; problem?: Sentence } {
  const sound = rings.filter(isRing);
  const shape: Shape = { kind: 'polygons', parts: sound.map((outline) => ({ outline, holes: [] })) };
  if (sound.length === rings.length) return { shape };
  const problem = say('no-ring');
  return sound.length > 0 ? { shape, problem } : { shape: { kind: 'invalid', reason: problem } };
}

function isRing(value: unknown): value is number[] {
  return (
    Array.isArray(value) &&
    value.length >= 6 &&
    value.length % 2 === 0 &&
    value.every((one) => Number.isFinite(one))
  );
}

/** Run lengths that add up to their size, or what is wrong with them. */
function readRle({ size, counts }: Record<string, unknown>): Shape {
  const invalid = (reason: Sentence): Shape => ({ kind: 'invalid', reason });
  if (
    !Array.isArray(size) ||
    size.length !== 2 ||
    !size.every((side) => Number.isInteger(side) && side >= 0)
  ) {
    return invalid(say('rle-size'));
  }
  const [height, width] = size as [number, number];
  let rle: RunLengths;
  try {
    if (typeof counts === 'string') rle = expandRle({ size: [height, width], counts });
    else if (Array.isArray(counts) && counts.every((count) => Number.isInteger(count))) {
      rle = { size: [height, width], counts };
    } else return invalid(say('rle-counts'));
  } catch {
    return invalid(say('rle-characters'));
  }
  if (rle.counts.some((count) => count < 0)) return invalid(say('rle-negative'));
  const total = rle.counts.reduce((sum, count) => sum + count, 0);
  if (total === width * height) return { kind: 'pixels', rle };
  return invalid(say('rle-sum', { sum: total, width, height, pixels: width * height }));
}

/** The area that COCO states: pixels of a mask, a box's rectangle. */
export function areaOfShape(shape: Shape, [, , width, height]: Box, rle: () => RunLengths): number {
  if (shape.kind === 'box') return width * height;
  return areaOfRle(rle());
}
