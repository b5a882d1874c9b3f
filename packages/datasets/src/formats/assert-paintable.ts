import type { PngPlane } from '../png/read-png.js';
import { cannotHold } from './refuse.js';

/** Throws `FORMAT_CANNOT_HOLD` for mask PNGs whose other samples a change of values would lose. */
export function assertPaintable(path: string, { channels, depth }: PngPlane): void {
  if (channels === 2 || channels === 4)
    throw cannotHold(`${path} has an alpha channel, which a mask has no use for.`);
  if (channels === 3 && depth === 16)
    throw cannotHold(`${path} has colours of 16 bits, which are only read.`);
}

/** Throws `FORMAT_CANNOT_HOLD` for values that a PNG of greys, each said by three samples of 8 bits, has no place for. */
export function assertHolds(path: string, { grey }: PngPlane, values: Uint32Array): void {
  if (grey && values.some((value) => value > 255))
    throw cannotHold(`${path} holds its values as greys of 8 bits, which end at 255.`);
}
