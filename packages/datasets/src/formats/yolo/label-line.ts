import { decodeRle, type RunLengths } from '@cutkit/core';
import { bridgeParts, splitBridges } from '../../geometry/bridges.js';
import { boxOfShape } from '../../geometry/instance-pixels.js';
import { partsOfMask } from '../../geometry/parts.js';
import type { Instance, Location } from '../../model/record.js';
import type { Box, Shape } from '../../model/shape.js';
import { type Sentence, say } from '../../sentences/sentence.js';
import { cannotHold } from '../refuse.js';

/** The picture that a label's shares are of. */
export interface LabelFrame {
  readonly width: number;
  readonly height: number;
  /** Whether a box is followed by key points. */
  readonly pose: boolean;
}

/** One line of a label file as an instance. `key` is the line's number, from 0. */
export function readLine(
  text: string,
  key: string,
  frame: LabelFrame,
  classes: number,
  location: Location,
): Instance {
  const [first, ...rest] = text.trim().split(/\s+/);
  const number = Number(first);
  const values = rest.map(Number);
  const isClass = Number.isInteger(number) && number >= 0;
  const common = {
    key,
    classIndex: isClass && number < classes ? number : -1,
    crowd: false,
    location,
    extra: isClass && number < classes ? {} : { class: first },
    ...(isClass && number >= classes && { classId: number }),
  };
  const reason = problemOf(isClass, values, frame);
  if (reason !== undefined) return { ...common, shape: { kind: 'invalid', reason }, box: [0, 0, 0, 0] };
  if (values.length === 4 || values.length === 5 || frame.pose) {
    const [box, more] = [boxOf(values, frame), values.slice(4)];
    if (more.length === 0) return { ...common, shape: { kind: 'box' }, box };
    if (!frame.pose) return { ...common, shape: { kind: 'box' }, box, score: more[0]! };
    return { ...common, shape: { kind: 'box' }, box, extra: { ...common.extra, keypoints: more } };
  }
  // An odd number after the class: corners, then the confidence of a prediction.
  const score = values.length % 2 === 1 ? values.at(-1)! : undefined;
  const ring = values.slice(0, values.length - (values.length % 2));
  const scaled = splitBridges(ring).map(({ outline, holes }) => ({
    outline: scale(outline, frame),
    holes: holes.map((hole) => scale(hole, frame)),
  }));
  const shape: Shape = { kind: 'polygons', parts: scaled };
  return { ...common, shape, box: boxOfShape(shape), ...(score !== undefined && { score }) };
}

function problemOf(
  isClass: boolean,
  values: readonly number[],
  { width, height }: LabelFrame,
): Sentence | undefined {
  if (!isClass) return say('line-class');
  if (values.length < 4) return say('line-short');
  if (!values.every(Number.isFinite)) return say('line-number');
  if (width === 0 || height === 0) return say('line-no-size');
  return undefined;
}

function boxOf([x, y, w, h]: readonly number[], { width, height }: LabelFrame): Box {
  return [(x! - w! / 2) * width, (y! - h! / 2) * height, w! * width, h! * height];
}

function scale(ring: readonly number[], { width, height }: LabelFrame): number[] {
  return ring.map((value, i) => value * (i % 2 === 0 ? width : height));
}

/** An instance as a line, without its line break. Holes and further parts are joined by bridges of no width. */
export function writeLine(
  { shape, box, classIndex, score, crowd, extra }: Instance,
  frame: LabelFrame,
): string {
  if (crowd) throw cannotHold('YOLO labels have no crowds.');
  const { keypoints } = extra;
  const points = Array.isArray(keypoints) && frame.pose ? (keypoints as number[]) : [];
  const values = shape.kind === 'box' ? centred(box, frame) : shares(shape, frame);
  return [classIndex, ...values, ...points, ...(score === undefined ? [] : [score])].join(' ');
}

function centred([x, y, w, h]: Box, { width, height }: LabelFrame): number[] {
  return [(x + w / 2) / width, (y + h / 2) / height, w / width, h / height].map(rounded);
}

function shares(shape: Shape, { width, height }: LabelFrame): number[] {
  if (shape.kind === 'none' || shape.kind === 'invalid')
    throw cannotHold('A YOLO label needs a shape or a box.');
  if (shape.kind === 'box') throw new TypeError('a box has no outline');
  const parts = shape.kind === 'polygons' ? shape.parts : partsOfMask(decodeRle(shape.rle as RunLengths));
  if (parts.length === 0) throw cannotHold('A YOLO label needs an outline; this mask is empty.');
  return bridgeParts(parts).map((value, i) => rounded(value / (i % 2 === 0 ? width : height)));
}

/** Six digits: a hundredth of a pixel of pictures up to 10,000 pixels. */
function rounded(value: number): number {
  return Number(value.toFixed(6));
}
