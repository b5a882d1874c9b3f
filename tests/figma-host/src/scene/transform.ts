import type { NodeRecord } from './node-record.js';

/** Two rows of an affine matrix: x' = a·x + b·y + c, then y'. The form that Figma's `Transform` has. */
export type Matrix = readonly [
  readonly [a: number, b: number, c: number],
  readonly [d: number, e: number, f: number],
];

/** A rectangle by its left top corner. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const IDENTITY: Matrix = [
  [1, 0, 0],
  [0, 1, 0],
];

/** First `inner`, then `outer`. */
export function compose(outer: Matrix, inner: Matrix): Matrix {
  const [[a, b, c], [d, e, f]] = outer;
  const [[g, h, i], [j, k, l]] = inner;
  return [
    [a * g + b * j, a * h + b * k, a * i + b * l + c],
    [d * g + e * j, d * h + e * k, d * i + e * l + f],
  ];
}

/** The matrix that undoes `matrix`; of a flattened one, the identity. */
export function invert([[a, b, c], [d, e, f]]: Matrix): Matrix {
  const det = a * e - b * d;
  if (det === 0) return IDENTITY;
  return [
    [e / det, -b / det, (b * f - c * e) / det],
    [-d / det, a / det, (c * d - a * f) / det],
  ];
}

/** Where a point goes. */
export function apply([[a, b, c], [d, e, f]]: Matrix, x: number, y: number): readonly [number, number] {
  return [a * x + b * y + c, d * x + e * y + f];
}

/** The upright box around a transformed `width × height` rectangle. */
export function boundsOf(matrix: Matrix, width: number, height: number): Bounds {
  const corners = [
    apply(matrix, 0, 0),
    apply(matrix, width, 0),
    apply(matrix, 0, height),
    apply(matrix, width, height),
  ];
  return around(corners);
}

/** The upright box around points; nothing at 0, 0 for none. */
export function around(points: readonly (readonly [number, number])[]): Bounds {
  if (points.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** The same transform moved so that its origin lies at `x, y`. */
export function movedTo([[a, b], [d, e]]: Matrix, x: number, y: number): Matrix {
  return [
    [a, b, x],
    [d, e, y],
  ];
}

/** Degrees, counter-clockwise as Figma counts them. */
export function rotationOf({ relativeTransform: [[a], [d]] }: NodeRecord): number {
  const degrees = (-Math.atan2(d, a) * 180) / Math.PI;
  return Object.is(degrees, -0) ? 0 : degrees;
}
