import type { Alpha } from '../types.js';
import { type LogitPlan, thresholdLogits } from './logits.js';
import type { Mask } from './mask.js';

const OPEN = 128;

/**
 * What a plane of logits is sure of: 255 the subject, 0 background, 128 open. Open is whatever lies within `radius` cells of the
 * plane from the mask's edge. Logits near the threshold alone do not open a pixel: networks differ in how steep theirs are.
 */
export function trimapOf(plan: LogitPlan, logits: Float32Array, threshold: number, radius: number): Alpha {
  const { side, width, height } = plan.geometry;
  const data = new Uint8Array(width * height);
  const paint = ({ bounds, data: set }: Mask, value: number) => {
    for (let y = bounds.y0, i = 0; y < bounds.y1; y++)
      for (let x = bounds.x0; x < bounds.x1; x++, i++) if (set[i] === 1) data[y * width + x] = value;
  };
  paint(thresholdLogits(plan, spread(logits, side, radius, Math.max), threshold).mask, OPEN);
  paint(thresholdLogits(plan, spread(logits, side, radius, Math.min), threshold).mask, 255);
  return { width, height, channels: 1, data };
}

/** Each value becomes the extreme of the square of `radius` cells around it, one axis after the other. */
function spread(
  plane: Float32Array,
  side: number,
  radius: number,
  extreme: (a: number, b: number) => number,
): Float32Array {
  const along = (source: Float32Array, step: number, line: number) => {
    const out = source.slice();
    for (let i = 0; i < out.length; i++) {
      const place = Math.floor(i / step) % line;
      const [from, to] = [Math.max(-radius, -place), Math.min(radius, line - 1 - place)];
      for (let k = from; k <= to; k++) out[i] = extreme(out[i]!, source[i + k * step]!);
    }
    return out;
  };
  return along(along(plane, 1, side), side, side);
}
