import { decodeRle } from '@cutkit/core';
import type { Found } from '../../engine/engine-api.js';

/** The smallest mask under a place, which is the one that is meant; undefined where none is. */
export function pickAt(found: readonly Found[], x: number, y: number): number | undefined {
  let best: number | undefined;
  for (const [index, { box, area, mask }] of found.entries()) {
    const [left, top, width, height] = box;
    if (x < left || y < top || x > left + width || y > top + height) continue;
    if (best !== undefined && found[best]!.area <= area) continue;
    const { bounds, data } = decodeRle(mask);
    const [column, row] = [Math.floor(x) - bounds.x0, Math.floor(y) - bounds.y0];
    const across = bounds.x1 - bounds.x0;
    if (column < 0 || row < 0 || column >= across || row >= bounds.y1 - bounds.y0) continue;
    if (data[row * across + column] === 1) best = index;
  }
  return best;
}
