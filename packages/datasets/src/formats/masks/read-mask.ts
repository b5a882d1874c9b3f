import type { MaskReading } from '../../model/open-options.js';
import { type PngPlane, readIds, readPng } from '../../png/read-png.js';
import type { MaskSample } from './choose-reading.js';

/** Decodes a mask: its colours where each is a class, else its ids, also where a PNG of colours says each of them three times. */
export function readMask(path: string, bytes: Uint8Array, reading: MaskReading): PngPlane {
  return reading === 'rgb' ? readPng(path, bytes) : readIds(path, bytes);
}

/** What a mask that was read for its ids shows as colours. */
export function inColours({ plane: { grey, ...plane }, values }: MaskSample): MaskSample {
  const shift = plane.depth === 16 ? 8 : 0;
  return { plane, values: grey ? [...new Set(values.map((value) => (value >> shift) * 0x010101))] : values };
}
