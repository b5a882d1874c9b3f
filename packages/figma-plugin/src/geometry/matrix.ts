/** Two rows of an affine matrix: x' = a·x + b·y + c, then y'. The form of Figma's `Transform`. */
export type Matrix = [[number, number, number], [number, number, number]];

/** A matrix that is only read. */
export type ReadonlyMatrix = readonly [readonly [number, number, number], readonly [number, number, number]];

/** First `inner`, then `outer`. */
export function multiply(outer: ReadonlyMatrix, inner: ReadonlyMatrix): Matrix {
  const [[a, b, c], [d, e, f]] = outer;
  const [[g, h, i], [j, k, l]] = inner;
  return [
    [a * g + b * j, a * h + b * k, a * i + b * l + c],
    [d * g + e * j, d * h + e * k, d * i + e * l + f],
  ];
}

/** The way back. Throws `RangeError` for a matrix that flattens. */
export function inverse([[a, b, c], [d, e, f]]: ReadonlyMatrix): Matrix {
  const det = a * e - b * d;
  if (det === 0) throw new RangeError('a matrix that flattens has no inverse');
  return [
    [e / det, -b / det, (b * f - c * e) / det],
    [-d / det, a / det, (c * d - a * f) / det],
  ];
}

/** Where a point goes. */
export function transform(
  [[a, b, c], [d, e, f]]: ReadonlyMatrix,
  x: number,
  y: number,
): [x: number, y: number] {
  return [a * x + b * y + c, d * x + e * y + f];
}

export function scaling(x: number, y: number): Matrix {
  return [
    [x, 0, 0],
    [0, y, 0],
  ];
}

export function translation(x: number, y: number): Matrix {
  return [
    [1, 0, x],
    [0, 1, y],
  ];
}
