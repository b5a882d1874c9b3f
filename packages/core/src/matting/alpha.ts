import type { OutputRecipe } from '../models/manifest.js';
import type { Alpha } from '../types.js';

/**
 * Coverage 0–1 to an 8-bit {@link Alpha} of the same size. `clamp` maps the manifest's range to
 * 0–1 and rounds; `minmax` takes the prediction's own range and truncates, as rembg does, which recovers networks whose confidence is low but whose shape is right.
 */
export function toAlpha(
  coverage: Float32Array,
  width: number,
  height: number,
  { normalise, range }: Pick<OutputRecipe, 'normalise' | 'range'>,
): Alpha {
  const data = new Uint8Array(coverage.length);
  if (normalise === 'clamp') {
    const [low, high] = range;
    const scale = 255 / (high - low);
    for (let i = 0; i < data.length; i++) {
      data[i] = Math.min(255, Math.max(0, Math.round((coverage[i]! - low) * scale)));
    }
    return { width, height, channels: 1, data };
  }
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of coverage) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const span = high - low;
  if (span > 0) for (let i = 0; i < data.length; i++) data[i] = ((coverage[i]! - low) / span) * 255;
  return { width, height, channels: 1, data };
}
