import type { Axis } from './axis.js';
import { PRECISION_BITS, TAP_GROUP } from './convolution-axis.js';

const HALF = 1 << (PRECISION_BITS - 1);

/**
 * Resamples every row: `rows` rows of `width` pixels in, `rows` rows of `axis.starts.length` pixels out, interleaved.
 * The clamped array clips for free. One loop per channel count, because a fourth loop inside costs three times as much.
 */
export function convolveRows(
  source: Uint8Array,
  width: number,
  channels: 1 | 3 | 4,
  axis: Axis<Int32Array>,
  out: Uint8ClampedArray,
): void {
  const pitch = width * channels;
  const target = axis.starts.length * channels;
  const row = channels === 1 ? greyRow : channels === 3 ? rgbRow : rgbaRow;
  for (let from = 0, to = 0; from < source.length; from += pitch, to += target)
    row(source, from, axis, out, to);
}

function greyRow(
  source: Uint8Array,
  from: number,
  axis: Axis<Int32Array>,
  out: Uint8ClampedArray,
  to: number,
): void {
  const { starts, counts, weights, stride } = axis;
  for (let x = 0; x < starts.length; x++) {
    let p = from + starts[x]!;
    let k = x * stride;
    const end = k + counts[x]!;
    let sum = HALF;
    for (; k < end; k++, p++) sum = (sum + Math.imul(weights[k]!, source[p]!)) | 0;
    out[to + x] = sum >> PRECISION_BITS;
  }
}

function rgbRow(
  source: Uint8Array,
  from: number,
  axis: Axis<Int32Array>,
  out: Uint8ClampedArray,
  to: number,
): void {
  const { starts, counts, weights, stride } = axis;
  for (let x = 0, o = to; x < starts.length; x++, o += 3) {
    let p = from + starts[x]! * 3;
    let k = x * stride;
    const end = k + counts[x]!;
    let r = HALF;
    let g = HALF;
    let b = HALF;
    for (; k < end; k++, p += 3) {
      const weight = weights[k]!;
      r = (r + Math.imul(weight, source[p]!)) | 0;
      g = (g + Math.imul(weight, source[p + 1]!)) | 0;
      b = (b + Math.imul(weight, source[p + 2]!)) | 0;
    }
    out[o] = r >> PRECISION_BITS;
    out[o + 1] = g >> PRECISION_BITS;
    out[o + 2] = b >> PRECISION_BITS;
  }
}

function rgbaRow(
  source: Uint8Array,
  from: number,
  axis: Axis<Int32Array>,
  out: Uint8ClampedArray,
  to: number,
): void {
  const { starts, counts, weights, stride } = axis;
  for (let x = 0, o = to; x < starts.length; x++, o += 4) {
    let p = from + starts[x]! * 4;
    let k = x * stride;
    const end = k + counts[x]!;
    let r = HALF;
    let g = HALF;
    let b = HALF;
    let a = HALF;
    for (; k < end; k++, p += 4) {
      const weight = weights[k]!;
      r = (r + Math.imul(weight, source[p]!)) | 0;
      g = (g + Math.imul(weight, source[p + 1]!)) | 0;
      b = (b + Math.imul(weight, source[p + 2]!)) | 0;
      a = (a + Math.imul(weight, source[p + 3]!)) | 0;
    }
    out[o] = r >> PRECISION_BITS;
    out[o + 1] = g >> PRECISION_BITS;
    out[o + 2] = b >> PRECISION_BITS;
    out[o + 3] = a >> PRECISION_BITS;
  }
}

/**
 * Resamples every column of rows of `pitch` bytes, whatever the channels. Whole rows are added up at a time, three to
 * a sweep: memory is read in order, and the running sums are touched a third as often.
 */
export function convolveColumns(
  source: Uint8Array,
  pitch: number,
  axis: Axis<Int32Array>,
  out: Uint8ClampedArray,
): void {
  const { starts, counts, weights, stride } = axis;
  const sums = new Int32Array(pitch);
  const last = source.length / pitch - 1;
  let spans: Int32Array | undefined;
  /** Taps past the count weigh 0; they read the last row so as to stay inside. */
  const rowAt = (y: number): Uint8Array => {
    const start = Math.min(y, last) * pitch;
    return source.subarray(start, start + pitch);
  };
  for (let y = 0; y < starts.length; y++) {
    const first = starts[y]!;
    const final = Math.max(0, Math.ceil(counts[y]! / TAP_GROUP) - 1) * TAP_GROUP;
    if (counts[y]! <= 2) {
      const w = y * stride;
      spans ??= nonZeroSpans(source, pitch);
      const [a, b] = [Math.min(first, last) * 2, Math.min(first + 1, last) * 2];
      const from = Math.min(spans[a]!, spans[b]!);
      const to = Math.max(spans[a + 1]!, spans[b + 1]!);
      const target = out.subarray(y * pitch, (y + 1) * pitch);
      target.fill(0, 0, from).fill(0, to);
      blendRow(rowAt(first), rowAt(first + 1), weights[w]!, weights[w + 1]!, from, to, target);
      continue;
    }
    sums.fill(HALF);
    for (let k = 0; k <= final; k += TAP_GROUP) {
      const [a, b, c] = [rowAt(first + k), rowAt(first + k + 1), rowAt(first + k + 2)];
      const w = y * stride + k;
      if (k < final) addRows(sums, a, b, c, weights[w]!, weights[w + 1]!, weights[w + 2]!);
      else finishRow(sums, a, b, c, weights[w]!, weights[w + 1]!, weights[w + 2]!, out, y * pitch);
    }
  }
}

/** Where each row's first byte other than 0 lies, and the end of its last: an enlarged alpha is mostly nothing. */
function nonZeroSpans(source: Uint8Array, pitch: number): Int32Array {
  const spans = new Int32Array((source.length / pitch) * 2);
  for (let row = 0, k = 0; row < source.length; row += pitch, k += 2) {
    let from = 0;
    let to = pitch;
    while (from < to && source[row + from] === 0) from++;
    while (to > from && source[row + to - 1] === 0) to--;
    spans[k] = from === to ? pitch : from;
    spans[k + 1] = from === to ? 0 : to;
  }
  return spans;
}

/** A row of two taps or one, as every row of an enlargement by `bilinear` is: no running sums are needed. */
function blendRow(
  a: Uint8Array,
  b: Uint8Array,
  ka: number,
  kb: number,
  from: number,
  to: number,
  out: Uint8ClampedArray,
): void {
  for (let x = from; x < to; x++)
    out[x] = (HALF + Math.imul(ka, a[x]!) + Math.imul(kb, b[x]!)) >> PRECISION_BITS;
}

function addRows(
  sums: Int32Array,
  a: Uint8Array,
  b: Uint8Array,
  c: Uint8Array,
  ka: number,
  kb: number,
  kc: number,
): void {
  for (let x = 0; x < sums.length; x++) {
    sums[x] = (sums[x]! + Math.imul(ka, a[x]!) + Math.imul(kb, b[x]!) + Math.imul(kc, c[x]!)) | 0;
  }
}

function finishRow(
  sums: Int32Array,
  a: Uint8Array,
  b: Uint8Array,
  c: Uint8Array,
  ka: number,
  kb: number,
  kc: number,
  out: Uint8ClampedArray,
  to: number,
): void {
  for (let x = 0; x < sums.length; x++) {
    const sum = (sums[x]! + Math.imul(ka, a[x]!) + Math.imul(kb, b[x]!) + Math.imul(kc, c[x]!)) | 0;
    out[to + x] = sum >> PRECISION_BITS;
  }
}
