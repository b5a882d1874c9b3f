import { flatten } from '../image/color.js';
import { resize } from '../image/resize.js';
import type { InputRecipe } from '../models/manifest.js';
import { networkSize, type Size } from '../preprocess/letterbox.js';
import { normalize } from '../preprocess/normalize.js';
import type { Raster } from '../types.js';

const WHITE = [255, 255, 255] as const;

/** A picture as an encoder takes it. */
export interface Framed {
  /** The part of the frame, from its top left, that the picture fills. */
  readonly content: Size;
  /** The picture at that size, RGB. */
  readonly pixels: Raster;
}

/** Resizes a picture to a network's frame, by Pillow's bilinear as the reference code does. Transparency becomes white. */
export function framePixels(image: Raster, input: InputRecipe): Framed {
  const content = networkSize(input, image.width, image.height);
  return { content, pixels: resize(flatten(image, WHITE), content.width, content.height, input.filter) };
}

/** The normalised planes `[3, height, width]` of a frame: what the picture does not fill is 0 after normalisation. */
export function frameTensor({ content, pixels }: Framed, input: InputRecipe): Float32Array {
  const values = normalize(pixels, input);
  if (content.width === input.width && content.height === input.height) return values;
  const framed = new Float32Array(3 * input.width * input.height);
  for (let c = 0; c < 3; c++) {
    for (let y = 0; y < content.height; y++) {
      const from = (c * content.height + y) * content.width;
      framed.set(values.subarray(from, from + content.width), (c * input.height + y) * input.width);
    }
  }
  return framed;
}
