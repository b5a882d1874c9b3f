import type { Axis } from './axis.js';
import { interpolate } from './interpolate.js';

/** `bilinear` for anything continuous; `nearest` for class labels, which have no values between. */
export type FloatFilter = 'nearest' | 'bilinear';

/**
 * Resizes one channel of `width × height` floats, such as logits, without antialias. `bilinear` has half-pixel centres
 * and repeated edges: that is `cv2.INTER_LINEAR`, and PyTorch's `interpolate(align_corners=False)`, whose
 * single-precision sample positions are kept so that thresholded masks agree. `nearest` is either's nearest. The
 * result lies in `out`.
 */
export function resizeFloat(
  source: Float32Array,
  width: number,
  height: number,
  targetWidth: number,
  targetHeight: number,
  filter: FloatFilter,
  out: Float32Array = new Float32Array(targetWidth * targetHeight),
): Float32Array {
  if (source.length !== width * height || out.length !== targetWidth * targetHeight) {
    throw new RangeError(
      `${source.length} and ${out.length} values are not ${width}×${height} and ${targetWidth}×${targetHeight}.`,
    );
  }
  const axis = filter === 'bilinear' ? linearAxis : nearestAxis;
  interpolate(source, width, 1, axis(width, targetWidth), axis(height, targetHeight), out);
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

function nearestAxis(from: number, to: number): Axis<Float64Array> {
  const starts = Int32Array.from({ length: to }, (_, i) => Math.floor((i * from) / to));
  return { starts, counts: new Int32Array(to).fill(1), weights: new Float64Array(to).fill(1), stride: 1 };
}
