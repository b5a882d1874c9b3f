import { areaOfRle, decodeRle, type Mask, type Ring, type RunLengths } from '@cutkit/core';
import type { Instance } from '../model/record.js';
import type { Box, Part, Shape } from '../model/shape.js';
import { rleOfRing } from './rasterize.js';
import { boxOfRle, difference, emptyRle, union } from './rle.js';

/**
 * An instance's pixels in an image of the given size, as run lengths. Outlines as pycocotools fills them; a box is its
 * rectangle; what has no area, or is invalid, is empty. Pixels of another size are laid at the top left and cut.
 */
export function rleOf(
  { shape, box }: Pick<Instance, 'shape' | 'box'>,
  width: number,
  height: number,
): RunLengths {
  if (shape.kind === 'pixels') return fit(shape.rle, width, height);
  if (shape.kind === 'polygons') {
    return shape.parts
      .map((part) => rleOfPart(part, width, height))
      .reduce((all, part) => union(all, part), emptyRle(width, height));
  }
  return shape.kind === 'box' ? rleOfRing(ringOfBox(box), width, height) : emptyRle(width, height);
}

/** The same as a mask. */
export function maskOf(instance: Pick<Instance, 'shape' | 'box'>, width: number, height: number): Mask {
  return decodeRle(rleOf(instance, width, height));
}

/** The box around a shape; `fallback` for those that have none of their own. */
export function boxOfShape(shape: Shape, fallback: Box = [0, 0, 0, 0]): Box {
  if (shape.kind === 'pixels') return boxOfRle(shape.rle);
  if (shape.kind !== 'polygons') return fallback;
  return boxOfRings(shape.parts.map(({ outline }) => outline));
}

/** The box around rings; all 0 without corners. */
export function boxOfRings(rings: readonly Ring[]): Box {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      x0 = Math.min(x0, ring[i]!);
      x1 = Math.max(x1, ring[i]!);
      y0 = Math.min(y0, ring[i + 1]!);
      y1 = Math.max(y1, ring[i + 1]!);
    }
  }
  return x1 < x0 ? [0, 0, 0, 0] : [x0, y0, x1 - x0, y1 - y0];
}

/** A box's corners, clockwise on screen. */
function ringOfBox([x, y, width, height]: Box): Ring {
  return [x, y, x + width, y, x + width, y + height, x, y + height];
}

function rleOfPart({ outline, holes }: Part, width: number, height: number): RunLengths {
  return holes
    .map((hole) => rleOfRing(hole, width, height))
    .reduce((rest, hole) => difference(rest, hole), rleOfRing(outline, width, height));
}

function fit(rle: RunLengths, width: number, height: number): RunLengths {
  const [rows, columns] = rle.size;
  if (rows === height && columns === width) return rle;
  if (areaOfRle(rle) === 0) return emptyRle(width, height);
  const counts: number[] = [];
  let [value, run] = [0, 0];
  const add = (next: number, length: number) => {
    if (length <= 0) return;
    if (next !== value) {
      counts.push(run);
      [value, run] = [next, 0];
    }
    run += length;
  };
  let at = 0;
  rle.counts.forEach((count, i) => {
    for (const end = at + count; at < end; ) {
      const [x, y] = [Math.floor(at / rows), at % rows];
      const stop = Math.min(end, (x + 1) * rows);
      if (x < width) {
        add(i % 2, Math.min(stop - x * rows, height) - y);
        if (stop === (x + 1) * rows) add(0, height - rows);
      }
      at = stop;
    }
  });
  add(0, (width - columns) * height);
  counts.push(run);
  return { size: [height, width], counts };
}
