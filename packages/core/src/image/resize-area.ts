import type { Axis } from './axis.js';
import { interpolate } from './interpolate.js';

/** Cover below this part of a source pixel is left out, as OpenCV does. */
const SLIVER = 1e-3;

/**
 * OpenCV's `INTER_AREA` over interleaved bytes, within one level of its own output. Shrinking averages the source by
 * how much of each pixel the result pixel covers; when either side grows, both axes interpolate between two
 * pixels, but only across the border that a result pixel straddles, so enlarging keeps flat squares flat.
 */
export function resizeArea(
  source: Uint8Array,
  width: number,
  height: number,
  channels: number,
  targetWidth: number,
  targetHeight: number,
  out: Uint8ClampedArray,
): void {
  const axis = targetWidth <= width && targetHeight <= height ? coverageAxis : straddleAxis;
  interpolate(source, width, channels, axis(width, targetWidth), axis(height, targetHeight), out);
}

/** Weights by covered length, for `to ≤ from`. */
function coverageAxis(from: number, to: number): Axis<Float64Array> {
  const scale = from / to;
  const stride = Math.ceil(scale) + 2;
  const starts = new Int32Array(to);
  const counts = new Int32Array(to);
  const weights = new Float64Array(to * stride);
  for (let i = 0; i < to; i++) {
    const begin = i * scale;
    const end = Math.min(from, begin + scale);
    const start = Math.floor(begin) + 1 - begin > SLIVER ? Math.floor(begin) : Math.ceil(begin);
    const stop = end - Math.floor(end) > SLIVER ? Math.ceil(end) : Math.floor(end);
    // Divided by what is kept, not by the whole cell, so that dropped slivers never darken a flat area.
    const kept = Math.min(stop, end) - Math.max(start, begin);
    for (let p = start; p < stop; p++) {
      weights[i * stride + p - start] = (Math.min(p + 1, end) - Math.max(p, begin)) / kept;
    }
    starts[i] = start;
    counts[i] = stop - start;
  }
  return { starts, counts, weights, stride };
}

/** Two taps whose mix changes only while result sample `i` straddles a border between source samples. */
function straddleAxis(from: number, to: number): Axis<Float64Array> {
  const growth = to / from;
  const scale = 1 / growth;
  const starts = new Int32Array(to);
  const counts = new Int32Array(to);
  const weights = new Float64Array(to * 2);
  for (let i = 0; i < to; i++) {
    const start = Math.min(from - 1, Math.floor(i * scale));
    // Single precision, as in OpenCV, so that an end which falls on a border but for rounding counts as on it.
    const past = Math.fround(i + 1 - (start + 1) * growth);
    const mix = past <= 0 || start === from - 1 ? 0 : past - Math.floor(past);
    starts[i] = start;
    counts[i] = mix === 0 ? 1 : 2;
    weights[i * 2] = 1 - mix;
    weights[i * 2 + 1] = mix;
  }
  return { starts, counts, weights, stride: 2 };
}
