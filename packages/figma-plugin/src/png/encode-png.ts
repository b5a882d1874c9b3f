import type { Raster } from '@cutkit/core';
import { chunk, pngOf } from './chunks.js';
import { deflate } from './deflate.js';

/** PNG's colour types by channels. */
const COLOUR_TYPES = { 1: 0, 3: 2, 4: 6 } as const;
/** Each row as its difference from the one above: cheap, and good on cut-outs and masks. */
const FILTER_UP = 2;

/**
 * A PNG of the raster's own values; `colours` are chunks that say what they mean, see `colourChunks`. A canvas would premultiply
 * by alpha on the way, and so lose the colours of soft edges.
 */
export async function encodePng(
  { width, height, channels, data }: Raster,
  colours: readonly Uint8Array[] = [],
): Promise<Uint8Array> {
  const row = width * channels;
  const filtered = new Uint8Array((row + 1) * height);
  filtered[0] = FILTER_UP;
  filtered.set(data.subarray(0, row), 1);
  for (let y = 1, to = row + 1, from = row; y < height; y++) {
    filtered[to++] = FILTER_UP;
    for (const end = to + row; to < end; to++, from++) filtered[to] = data[from]! - data[from - row]!;
  }
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 8);
  header.setUint8(9, COLOUR_TYPES[channels]);
  return pngOf([
    chunk('IHDR', new Uint8Array(header.buffer)),
    ...colours,
    chunk('IDAT', await deflate(filtered)),
    chunk('IEND', new Uint8Array(0)),
  ]);
}
