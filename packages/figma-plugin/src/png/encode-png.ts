import type { Raster } from '@cutkit/core';
import { crc32 } from './crc32.js';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** PNG's colour types by channels. */
const COLOUR_TYPES = { 1: 0, 3: 2, 4: 6 } as const;
/** Each row as its difference from the one above: cheap, and good on cut-outs and masks. */
const FILTER_UP = 2;

/**
 * A PNG of the raster's own values. A canvas would premultiply by alpha on the way, and so lose the colours of soft edges.
 */
export async function encodePng({ width, height, channels, data }: Raster): Promise<Uint8Array> {
  const row = width * channels;
  const filtered = new Uint8Array((row + 1) * height);
  filtered[0] = FILTER_UP;
  filtered.set(data.subarray(0, row), 1);
  for (let y = 1, to = row + 1, from = row; y < height; y++) {
    filtered[to++] = FILTER_UP;
    for (const end = to + row; to < end; to++, from++) filtered[to] = data[from]! - data[from - row]!;
  }
  const stream = new Response(filtered).body!.pipeThrough(new CompressionStream('deflate'));
  const packed = new Uint8Array(await new Response(stream).arrayBuffer());
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 8);
  header.setUint8(9, COLOUR_TYPES[channels]);
  return join([
    SIGNATURE,
    chunk('IHDR', new Uint8Array(header.buffer)),
    chunk('IDAT', packed),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

function chunk(type: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(content.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(content, 8);
  view.setUint32(content.length + 8, crc32(bytes.subarray(4, content.length + 8)));
  return bytes;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
