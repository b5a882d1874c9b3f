import type { RunLengths } from '@cutkit/core';
import { splitBridges } from '../../geometry/bridges.js';
import { boxOfRings, boxOfShape } from '../../geometry/instance-pixels.js';
import { boxOfRle } from '../../geometry/rle.js';
import type { Instance } from '../../model/record.js';
import type { Box, Part, Shape } from '../../model/shape.js';
import { fromBase64 } from '../../png/base64.js';
import { readPng } from '../../png/read-png.js';
import { type Sentence, say } from '../../sentences/sentence.js';

/** One of a LabelMe file's `shapes`. */
export type LabelmeShape = Readonly<Record<string, unknown>>;

/** Where the shapes stand, and how labels map to classes. */
export interface LabelmeContext {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  /** Byte ranges of the shapes. */
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
  classOf(label: string): number;
}

const KNOWN = new Set(['label', 'points', 'shape_type', 'mask', 'score']);
/** Corners of the polygon that stands for a circle. */
const CIRCLE = 64;

/**
 * The instances of a file. Polygons of one label and one `group_id` are parts of one instance. The key lists the
 * shapes' places: `3`, or `3+5`.
 */
export function readShapes(shapes: readonly LabelmeShape[], context: LabelmeContext): Instance[] {
  const groups = new Map<string, number[]>();
  shapes.forEach((shape, i) => {
    const grouped =
      shape['group_id'] !== null && shape['group_id'] !== undefined && typeOf(shape) === 'polygon';
    const name = grouped ? JSON.stringify([shape['group_id'], shape['label']]) : String(i);
    const members = groups.get(name);
    if (members) members.push(i);
    else groups.set(name, [i]);
  });
  return [...groups.values()].map((members) => readGroup(members, shapes, context));
}

function readGroup(
  members: readonly number[],
  shapes: readonly LabelmeShape[],
  context: LabelmeContext,
): Instance {
  const first = shapes[members[0]!]!;
  const read = members.map((i) => readShape(shapes[i]!, context));
  const shape = read.length === 1 ? read[0]!.shape : merged(read.map((one) => one.shape));
  const label = String(first['label']);
  const classIndex = context.classOf(label);
  const { score } = first;
  return {
    key: members.join('+'),
    classIndex,
    shape,
    box: read.length === 1 ? read[0]!.box : boxOfShape(shape),
    crowd: false,
    ...(typeof score === 'number' && { score }),
    extra: {
      ...(classIndex < 0 && { label }),
      ...Object.fromEntries(Object.entries(first).filter(([key]) => !KNOWN.has(key))),
    },
    location: { path: context.path, ...context.ranges[members[0]!]! },
  };
}

function merged(shapes: readonly Shape[]): Shape {
  const broken = shapes.find((shape) => shape.kind !== 'polygons');
  return (
    broken ?? {
      kind: 'polygons',
      parts: shapes.flatMap((shape) => (shape.kind === 'polygons' ? shape.parts : [])),
    }
  );
}

function typeOf({ shape_type: type }: LabelmeShape): unknown {
  return type ?? 'polygon';
}

function readShape(shape: LabelmeShape, context: LabelmeContext): { shape: Shape; box: Box } {
  const points = pointsOf(shape['points']);
  const type = typeOf(shape);
  const invalid = (reason: Sentence) => ({
    shape: { kind: 'invalid', reason } as const,
    box: [0, 0, 0, 0] as const,
  });
  if (!points) return invalid(say('points-broken'));
  const box = boxOfRings([points.flat()]);
  const [a, b] = points;
  switch (type) {
    case 'polygon': {
      if (points.length < 3) return invalid(say('polygon-points'));
      return { shape: { kind: 'polygons', parts: splitBridges(points.flat()) }, box };
    }
    case 'rectangle':
      return a && b ? { shape: { kind: 'box' }, box } : invalid(say('rectangle-points'));
    case 'circle': {
      if (!a || !b) return invalid(say('circle-points'));
      const parts = [circle(a, Math.hypot(b[0] - a[0], b[1] - a[1]))];
      return { shape: { kind: 'polygons', parts }, box: boxOfRings([parts[0]!.outline]) };
    }
    case 'mask': {
      if (!a || !b || typeof shape['mask'] !== 'string') return invalid(say('mask-points'));
      const rle = readMask(shape['mask'], Math.round(a[0]), Math.round(a[1]), context);
      return 'code' in rle ? invalid(rle) : { shape: { kind: 'pixels', rle }, box: boxOfRle(rle) };
    }
    default:
      return { shape: { kind: 'none', what: String(type) }, box };
  }
}

function pointsOf(value: unknown): [number, number][] | undefined {
  if (!Array.isArray(value)) return undefined;
  const sound = value.every(
    (point) => Array.isArray(point) && point.length === 2 && point.every((one) => Number.isFinite(one)),
  );
  return sound ? value : undefined;
}

function circle([x, y]: readonly [number, number], radius: number): Part {
  const outline = Array.from({ length: CIRCLE * 2 }, (_, i) => {
    const angle = ((i >> 1) * 2 * Math.PI) / CIRCLE;
    return i % 2 === 0 ? x + radius * Math.cos(angle) : y + radius * Math.sin(angle);
  });
  return { outline, holes: [] };
}

/** A base64 PNG whose top left corner lies at x, y; or what is wrong with it. */
function readMask(
  text: string,
  x: number,
  y: number,
  { path, width, height }: LabelmeContext,
): RunLengths | Sentence {
  const bytes = fromBase64(text);
  if (!bytes) return say('mask-base64');
  if (width === 0 || height === 0) return say('mask-no-size');
  let plane: ReturnType<typeof readPng>;
  try {
    plane = readPng(path, bytes);
  } catch {
    return say('mask-no-png');
  }
  const counts: number[] = [];
  let [last, run] = [false, 0];
  for (let at = 0; at < width * height; at++) {
    const [column, row] = [Math.floor(at / height) - x, (at % height) - y];
    const inside = column >= 0 && row >= 0 && column < plane.width && row < plane.height;
    const set = inside && plane.values[row * plane.width + column] !== 0;
    if (set !== last) {
      counts.push(run);
      [last, run] = [set, 0];
    }
    run++;
  }
  counts.push(run);
  return { size: [height, width], counts };
}
