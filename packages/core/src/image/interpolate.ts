import type { Axis } from './axis.js';

/**
 * Resamples interleaved rows and then columns in floating point, with single-precision rows between. Bytes out are
 * rounded to nearest, ties to even, and clipped, which is what storing into a clamped array does.
 */
export function interpolate(
  source: Uint8Array | Float32Array,
  width: number,
  channels: number,
  horizontal: Axis<Float64Array>,
  vertical: Axis<Float64Array>,
  out: Uint8ClampedArray | Float32Array,
): void {
  const pitch = horizontal.starts.length * channels;
  const height = source.length / (width * channels);
  const rows = new Float32Array(pitch * height);
  for (let y = 0; y < height; y++) {
    interpolateRow(source, y * width * channels, channels, horizontal, rows, y * pitch);
  }
  interpolateColumns(rows, pitch, vertical, out);
}

function interpolateRow(
  source: Uint8Array | Float32Array,
  from: number,
  channels: number,
  axis: Axis<Float64Array>,
  rows: Float32Array,
  to: number,
): void {
  const { starts, counts, weights, stride } = axis;
  for (let x = 0, o = to; x < starts.length; x++) {
    const first = from + starts[x]! * channels;
    const begin = x * stride;
    const end = begin + counts[x]!;
    for (let c = 0; c < channels; c++, o++) {
      let sum = 0;
      for (let k = begin, p = first + c; k < end; k++, p += channels) sum += weights[k]! * source[p]!;
      rows[o] = sum;
    }
  }
}

function interpolateColumns(
  rows: Float32Array,
  pitch: number,
  axis: Axis<Float64Array>,
  out: Uint8ClampedArray | Float32Array,
): void {
  const { starts, counts, weights, stride } = axis;
  const sums = new Float64Array(pitch);
  for (let y = 0; y < starts.length; y++) {
    const first = starts[y]! * pitch;
    const final = counts[y]! - 1;
    sums.fill(0);
    for (let k = 0; k < final; k++) {
      const weight = weights[y * stride + k]!;
      for (let x = 0, p = first + k * pitch; x < pitch; x++, p++) sums[x] = sums[x]! + weight * rows[p]!;
    }
    const weight = weights[y * stride + final]!;
    for (let x = 0, p = first + final * pitch, o = y * pitch; x < pitch; x++, p++, o++) {
      out[o] = sums[x]! + weight * rows[p]!;
    }
  }
}
