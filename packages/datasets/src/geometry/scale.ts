import type { Ring, RunLengths } from '@cutkit/core';
import type { Instance } from '../model/record.js';
import type { Box, Shape } from '../model/shape.js';

/** From one size to another. */
export interface Scaling {
  readonly from: { readonly width: number; readonly height: number };
  readonly to: { readonly width: number; readonly height: number };
}

/** Hundredths of a pixel: what is finer is not worth the digits. */
function rounded(value: number): number {
  return Number(value.toFixed(2));
}

/** Corners, or any other list of `x, y, x, y, …`. */
export function scaleRing(ring: Ring, { from, to }: Scaling): number[] {
  const [x, y] = [to.width / from.width, to.height / from.height];
  return ring.map((value, i) => rounded(value * (i % 2 === 0 ? x : y)));
}

function scaleBox([x, y, width, height]: Box, scaling: Scaling): Box {
  return scaleRing([x, y, width, height], scaling) as [number, number, number, number];
}

/** A row-major plane of values in another size: each pixel takes the nearest one's value. */
export function scalePlane(values: ArrayLike<number>, { from, to }: Scaling): Uint32Array {
  const scaled = new Uint32Array(to.width * to.height);
  for (let y = 0, at = 0; y < to.height; y++) {
    const row = nearest(y, to.height, from.height) * from.width;
    for (let x = 0; x < to.width; x++, at++) scaled[at] = values[row + nearest(x, to.width, from.width)]!;
  }
  return scaled;
}

/** Run lengths in another size, pixel for pixel as {@link scalePlane} has it; those that have it already stay. */
export function scaleRle(rle: RunLengths, width: number, height: number): RunLengths {
  const [rows, columns] = rle.size;
  if (rows === height && columns === width) return rle;
  const pixels = new Uint8Array(rows * columns);
  let at = 0;
  rle.counts.forEach((count, i) => {
    if (i % 2 === 1) pixels.fill(1, at, at + count);
    at += count;
  });
  const counts: number[] = [];
  let [value, run] = [0, 0];
  for (let x = 0; x < width; x++) {
    const column = nearest(x, width, columns) * rows;
    for (let y = 0; y < height; y++) {
      const next = pixels[column + nearest(y, height, rows)]!;
      if (next !== value) {
        counts.push(run);
        [value, run] = [next, 0];
      }
      run++;
    }
  }
  return { size: [height, width], counts: [...counts, run] };
}

/** An instance in another size. What has no area stays as it is: it is not known where it is. */
export function scaleInstance(instance: Instance, scaling: Scaling): Instance {
  const { shape, box, extra } = instance;
  if (shape.kind === 'none' || shape.kind === 'invalid') return instance;
  const { keypoints } = extra;
  return {
    ...instance,
    shape: scaleShape(shape, scaling),
    box: scaleBox(box, scaling),
    ...(Array.isArray(keypoints) && { extra: { ...extra, keypoints: scaleKeypoints(keypoints, scaling) } }),
  };
}

function scaleShape(shape: Shape, scaling: Scaling): Shape {
  if (shape.kind === 'pixels')
    return { kind: 'pixels', rle: scaleRle(shape.rle, scaling.to.width, scaling.to.height) };
  if (shape.kind !== 'polygons') return shape;
  const parts = shape.parts.map(({ outline, holes }) => ({
    outline: scaleRing(outline, scaling),
    holes: holes.map((hole) => scaleRing(hole, scaling)),
  }));
  return { kind: 'polygons', parts };
}

/** COCO's key points: x, y and visibility, again and again. */
function scaleKeypoints(points: readonly unknown[], scaling: Scaling): unknown[] {
  return points.map((value, i) =>
    i % 3 === 2 || typeof value !== 'number'
      ? value
      : scaleRing(i % 3 === 0 ? [value] : [0, value], scaling).at(-1),
  );
}

/** The old pixel under the middle of a new one. */
function nearest(at: number, now: number, before: number): number {
  return Math.min(before - 1, Math.floor(((at + 0.5) * before) / now));
}
