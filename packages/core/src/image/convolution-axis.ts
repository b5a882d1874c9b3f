import type { Axis } from './axis.js';

/** The filters that grow with the shrinking factor (antialias), named as in Pillow. */
export type ConvolutionFilter = 'box' | 'bilinear' | 'bicubic' | 'lanczos';

/** Fractional bits of a weight: 32 less the 8 of a sample and 2 that absorb the overshoot of negative lobes. */
export const PRECISION_BITS = 22;

/** The vertical pass takes taps in groups of this size, so a stride is a multiple of it. */
export const TAP_GROUP = 3;

interface Kernel {
  /** Half width of the kernel, in source samples when enlarging, in result samples when shrinking. */
  readonly support: number;
  readonly at: (x: number) => number;
}

const KERNELS: Readonly<Record<ConvolutionFilter, Kernel>> = {
  box: { support: 0.5, at: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  bilinear: { support: 1, at: (x) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: { support: 2, at: (x) => keys(Math.abs(x)) },
  lanczos: { support: 3, at: (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

/**
 * The weights that Pillow's 8-bit `Image.resize` gives to each source sample (`precompute_coeffs` and
 * `normalize_coeffs_8bpc` of its `Resample.c`): the kernel sampled at pixel centres, normalised to sum 1, then rounded
 * half away from zero to {@link PRECISION_BITS} fractional bits.
 */
export function convolutionAxis(filter: ConvolutionFilter, from: number, to: number): Axis<Int32Array> {
  const { support, at } = KERNELS[filter];
  const scale = from / to;
  const stretch = Math.max(1, scale);
  const radius = support * stretch;
  const shrink = 1 / stretch;
  const stride = Math.ceil((Math.ceil(radius) * 2 + 1) / TAP_GROUP) * TAP_GROUP;
  const starts = new Int32Array(to);
  const counts = new Int32Array(to);
  const weights = new Int32Array(to * stride);
  const taps = new Float64Array(stride);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - radius + 0.5));
    const count = Math.min(from, Math.trunc(centre + radius + 0.5)) - start;
    let sum = 0;
    for (let j = 0; j < count; j++) {
      const tap = at((j + start - centre + 0.5) * shrink);
      taps[j] = tap;
      sum += tap;
    }
    const unit = sum === 0 ? 1 : sum;
    for (let j = 0; j < count; j++) {
      const fixed = (taps[j]! / unit) * 2 ** PRECISION_BITS;
      weights[i * stride + j] = Math.trunc(fixed < 0 ? fixed - 0.5 : fixed + 0.5);
    }
    starts[i] = start;
    counts[i] = count;
  }
  return { starts, counts, weights, stride };
}

function sinc(x: number): number {
  if (x === 0) return 1;
  const angle = x * Math.PI;
  return Math.sin(angle) / angle;
}

/** Keys' cubic convolution with a = −0.5, for x ≥ 0 (IEEE TASSP 29(6), 1981). */
function keys(x: number): number {
  const a = -0.5;
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
  return 0;
}
