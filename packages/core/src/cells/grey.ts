import type { Raster } from '../types.js';

/** Weights of red, green and blue in luma (ITU-R BT.601), as OpenCV's `COLOR_RGB2GRAY` has them. */
const LUMA = [0.299, 0.587, 0.114] as const;
/** Added to the deviation, in grey levels, so that a picture of one colour has no division by zero. */
const LEAST_DEVIATION = 1e-3;

/** Means, 0–255, of a pixel's largest less its smallest channel, and of all channels, above which a picture is stained. */
const STAINED_SATURATION = 12;
const STAINED_BRIGHTNESS = 70;

/**
 * An RGB picture as one grey plane of mean 0 and deviation 1, `width × height`, row-major, with bright cells on dark.
 *
 * A stained section (bright and coloured) becomes its red channel, inverted: the dye of nuclei takes red away, that of
 * the tissue around them does not. Any other picture becomes its luma, inverted where most of it is brighter than its mean.
 */
export function standardGrey({ width, height, channels, data }: Raster): Float32Array {
  if (channels !== 3) throw new RangeError(`A picture of cells comes as RGB, not with ${channels} channels.`);
  const plane = new Float32Array(width * height);
  const stained = isStained(data);
  let sum = 0;
  for (let i = 0, at = 0; i < plane.length; i++, at += 3) {
    plane[i] = stained ? -data[at]! : LUMA[0] * data[at]! + LUMA[1] * data[at + 1]! + LUMA[2] * data[at + 2]!;
    sum += plane[i]!;
  }
  const mean = sum / plane.length;
  let [squares, brighter] = [0, 0];
  for (let i = 0; i < plane.length; i++) {
    const off = plane[i]! - mean;
    squares += off * off;
    if (off > 0) brighter++;
  }
  const sign = !stained && brighter > plane.length / 2 ? -1 : 1;
  const factor = sign / (Math.sqrt(squares / plane.length) + LEAST_DEVIATION);
  for (let i = 0; i < plane.length; i++) plane[i] = (plane[i]! - mean) * factor;
  return plane;
}

function isStained(data: Raster['data']): boolean {
  let [saturation, brightness] = [0, 0];
  for (let at = 0; at < data.length; at += 3) {
    const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!];
    saturation += Math.max(red, green, blue) - Math.min(red, green, blue);
    brightness += red + green + blue;
  }
  return saturation > (STAINED_SATURATION * data.length) / 3 && brightness > STAINED_BRIGHTNESS * data.length;
}
