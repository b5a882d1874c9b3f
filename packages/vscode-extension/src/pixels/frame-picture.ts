import { flatten, type Manifest, networkSize, type Raster, resize } from '@cutkit/core';
import type { FramedPicture } from '../protocol/engine.js';

const WHITE = [255, 255, 255] as const;

/**
 * A picture as small as the network will see it, by the same steps as the encoder's own (which then has nothing left to
 * do): what crosses to the engine is a megabyte at most, whatever the picture's size.
 */
export function framePicture(key: string, image: Raster, { input }: Manifest): FramedPicture {
  const { width, height } = image;
  const size = networkSize(input, width, height);
  return { key, width, height, pixels: resize(flatten(image, WHITE), size.width, size.height, input.filter) };
}
