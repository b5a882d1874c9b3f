import type { Manifest } from '../models/manifest.js';
import type { Alpha } from '../types.js';

/**
 * Coverage 0–1 to an 8-bit {@link Alpha} of the same size. `clamp` rounds; `minmax` first stretches the range to
 * 0–1 and truncates, as rembg does, which recovers networks whose confidence is low but whose shape is right.
 */
export function toAlpha(
  coverage: Float32Array,
  width: number,
  height: number,
  normalise: Manifest['output']['normalise'],
): Alpha {
  const data = new Uint8Array(coverage.length);
  if (normalise === 'clamp') {
    for (let i = 0; i < data.length; i++)
      data[i] = Math.min(255, Math.max(0, Math.round(coverage[i]! * 255)));
    return { width, height, channels: 1, data };
  }
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of coverage) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const range = high - low;
  if (range > 0) for (let i = 0; i < data.length; i++) data[i] = ((coverage[i]! - low) / range) * 255;
  return { width, height, channels: 1, data };
}
