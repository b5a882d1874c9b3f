import type { Axis } from './axis.js';
import { interpolate } from './interpolate.js';

/**
 * Resizes one channel of `width × height` floats, such as logits, by plain bilinear interpolation: half-pixel centres,
 * edges repeated, no antialias. That is `cv2.INTER_LINEAR`, and PyTorch's `interpolate(align_corners=False)`, whose
 * single-precision sample positions are kept so that thresholded masks agree. The result lies in `out`.
 */
export function resizeFloat(
  source: Float32Array,
  width: number,
  height: number,
  targetWidth: number,
  targetHeight: number,
  _filter: 'bilinear' = 'bilinear',
  out: Float32Array = new Float32Array(targetWidth * targetHeight),
): Float32Array {
  if (source.length !== width * height || out.length !== targetWidth * targetHeight) {
    throw new RangeError(
      `${source.length} and ${out.length} values are not ${width}×${height} and ${targetWidth}×${targetHeight}.`,
    );
  }
  interpolate(source, width, 1, linearAxis(width, targetWidth), linearAxis(height, targetHeight), out);
  return out;
}

function linearAxis(from: number, to: number): Axis<Float64Array> {
  const scale = Math.fround(from / to);
  const starts = new Int32Array(to);
  const counts = new Int32Array(to);
  const weights = new Float64Array(to * 2);
  for (let i = 0; i < to; i++) {
    const position = Math.max(0, Math.fround(Math.fround(scale * (i + 0.5)) - 0.5));
    const start = Math.min(from - 1, Math.floor(position));
    const mix = start === from - 1 ? 0 : position - start;
    starts[i] = start;
    counts[i] = mix === 0 ? 1 : 2;
    weights[i * 2] = 1 - mix;
    weights[i * 2 + 1] = mix;
  }
  return { starts, counts, weights, stride: 2 };
}
