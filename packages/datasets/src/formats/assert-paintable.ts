import type { PngPlane } from '../png/read-png.js';
import { cannotHold } from './refuse.js';

/** Throws `FORMAT_CANNOT_HOLD` for mask PNGs whose other samples a change of values would lose. */
export function assertPaintable(path: string, { channels, depth }: PngPlane): void {
  if (channels === 2 || channels === 4)
    throw cannotHold(`${path} has an alpha channel, which a mask has no use for.`);
  if (channels === 3 && depth === 16)
    throw cannotHold(`${path} has colours of 16 bits, which are only read.`);
}
