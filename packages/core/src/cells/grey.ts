import type { Raster } from '../types.js';

/** Weights of red, green and blue in luma (ITU-R BT.601), as OpenCV's `COLOR_RGB2GRAY` has them. */
const LUMA = [0.299, 0.587, 0.114] as const;
/** Added to the deviation, in grey levels, so that a picture of one colour has no division by zero. */
const LEAST_DEVIATION = 1e-3;

/**
 * An RGB picture as one grey plane of mean 0 and deviation 1, `width × height`, row-major, with bright cells on dark: a
 * picture most of which is brighter than its mean (a stained section) is inverted.
 */
export function standardGrey({ width, height, channels, data }: Raster): Float32Array {
  if (channels !== 3) throw new RangeError(`A picture of cells comes as RGB, not with ${channels} channels.`);
  const plane = new Float32Array(width * height);
  let sum = 0;
  for (let i = 0, at = 0; i < plane.length; i++, at += 3) {
    plane[i] = LUMA[0] * data[at]! + LUMA[1] * data[at + 1]! + LUMA[2] * data[at + 2]!;
    sum += plane[i]!;
  }
  const mean = sum / plane.length;
  let [squares, brighter] = [0, 0];
  for (let i = 0; i < plane.length; i++) {
    const off = plane[i]! - mean;
    squares += off * off;
    if (off > 0) brighter++;
  }
  const sign = brighter > plane.length / 2 ? -1 : 1;
  const factor = sign / (Math.sqrt(squares / plane.length) + LEAST_DEVIATION);
  for (let i = 0; i < plane.length; i++) plane[i] = (plane[i]! - mean) * factor;
  return plane;
}
