import type { Mask } from '../mask/mask.js';
import type { PixelWindow } from '../types.js';
import type { CellLabels } from './label-cells.js';
import type { CellMaps } from './predict-cells.js';

/** One cell of a picture. */
export interface Cell {
  readonly mask: Mask;
  /** Pixels. */
  readonly area: number;
  /** x, y, width, height in image pixels. */
  readonly bbox: readonly [number, number, number, number];
  /** The mean probability, over its pixels, that they are part of a cell: 0–1. */
  readonly score: number;
}

/** Each label as a mask in its own bounds, in the order of the labels. */
export function cellsOf(
  { labels, count }: CellLabels,
  { interior, border }: CellMaps,
  width: number,
  height: number,
): Cell[] {
  const bounds = boundsOf(labels, count, width);
  return bounds.map((box, at) => {
    const data = new Uint8Array((box.x1 - box.x0) * (box.y1 - box.y0));
    let [sum, area, to] = [0, 0, 0];
    for (let y = box.y0; y < box.y1; y++) {
      for (let x = box.x0, i = y * width + x; x < box.x1; x++, i++, to++) {
        if (labels[i] !== at + 1) continue;
        data[to] = 1;
        area++;
        sum += Math.min(1, interior[i]! + border[i]!);
      }
    }
    const mask = { width, height, bounds: box, data };
    return {
      mask,
      area,
      bbox: [box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0] as const,
      score: sum / area,
    };
  });
}

function boundsOf(labels: Int32Array, count: number, width: number): PixelWindow[] {
  const bounds = Array.from({ length: count }, () => ({ x0: width, y0: -1, x1: 0, y1: 0 }));
  for (let start = 0, y = 0; start < labels.length; start += width, y++) {
    for (let x = 0; x < width; x++) {
      const box = bounds[labels[start + x]! - 1];
      if (!box) continue;
      if (box.y0 < 0) box.y0 = y;
      box.y1 = y + 1;
      if (x < box.x0) box.x0 = x;
      if (x >= box.x1) box.x1 = x + 1;
    }
  }
  return bounds;
}
