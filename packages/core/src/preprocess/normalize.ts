import type { Raster } from '../types.js';

/** How bytes become what a network was trained on. Part of a model manifest's `input`. */
export interface Recipe {
  /** What values are divided by first: 255, or the largest byte of the picture (rembg). */
  readonly scale: 255 | 'max';
  /** Subtracted from, then divided into, each scaled channel: red, green, blue. */
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
  readonly layout: 'NCHW' | 'NHWC';
}

/**
 * An RGB picture as a network's input of batch 1: `(value / scale − mean) / std`, computed in double precision and
 * rounded once to float32, as numpy does. Written to `out`, planar (`NCHW`) or interleaved (`NHWC`).
 */
export function normalize(
  image: Raster,
  recipe: Recipe,
  out: Float32Array = new Float32Array(image.width * image.height * 3),
): Float32Array {
  const { width, height, channels, data } = image;
  const pixels = width * height;
  if (channels !== 3) throw new RangeError(`A network's input has 3 channels, not ${channels}.`);
  if (out.length !== pixels * 3)
    throw new RangeError(`Room for ${pixels * 3} values is needed, not ${out.length}.`);
  const divisor = recipe.scale === 'max' ? Math.max(1e-6, largest(data)) : recipe.scale;
  const [pixelStep, channelStep] = recipe.layout === 'NCHW' ? [1, pixels] : [3, 1];
  for (let c = 0; c < 3; c++) {
    const table = levels(divisor, recipe.mean[c]!, recipe.std[c]!);
    for (let i = c, o = c * channelStep; i < data.length; i += 3, o += pixelStep) out[o] = table[data[i]!]!;
  }
  return out;
}

/** The result for each of the 256 levels that a byte can have. */
function levels(divisor: number, mean: number, std: number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, level) => (level / divisor - mean) / std);
}

function largest(data: Raster['data']): number {
  let max = 0;
  for (let i = 0; i < data.length && max < 255; i++) if (data[i]! > max) max = data[i]!;
  return max;
}
