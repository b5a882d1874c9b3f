import type { Raster } from '../types.js';

/** A black (for 4 channels: transparent) picture of `width × height` pixels. Throws RangeError on a bad size. */
export function createRaster(width: number, height: number, channels: Raster['channels']): Raster {
  assertSize(width, height);
  return { width, height, channels, data: new Uint8Array(width * height * channels) };
}

/** Throws RangeError unless the sizes are positive integers and `data` holds exactly that many pixels. */
export function assertRaster({ width, height, channels, data }: Raster): void {
  assertSize(width, height);
  if (channels !== 1 && channels !== 3 && channels !== 4) {
    throw new RangeError(`A raster has 1, 3 or 4 channels, not ${channels}.`);
  }
  const expected = width * height * channels;
  if (data.length !== expected) {
    throw new RangeError(
      `A ${width}×${height} raster of ${channels} channels holds ${expected} bytes, not ${data.length}.`,
    );
  }
}

function assertSize(width: number, height: number): void {
  if (!Number.isSafeInteger(width) || !Number.isSafeInteger(height) || width < 1 || height < 1) {
    throw new RangeError(`A raster's sides are positive integers, not ${width}×${height}.`);
  }
}
