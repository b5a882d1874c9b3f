import { crc32, deflateSync } from 'node:zlib';
import type { Raster } from '../../types.js';

/**
 * Attaches an ICC profile to a freshly encoded PNG or WebP without touching its pixels. sharp attaches profiles only
 * while converting to them, and these pixels are in the profile's space already.
 */
export function embedIcc(
  bytes: Uint8Array,
  format: 'png' | 'webp',
  icc: Uint8Array,
  raster: Raster,
): Uint8Array {
  return format === 'png' ? intoPng(bytes, icc) : intoWebp(bytes, icc, raster);
}

/** Signature (8) and IHDR (25), after which iCCP may stand (PNG specification, 11.3.2.3). */
const PNG_HEAD = 33;

function intoPng(bytes: Uint8Array, icc: Uint8Array): Uint8Array {
  const content = Buffer.concat([
    Buffer.from('iCCP'),
    Buffer.from('ICC profile\0\0', 'latin1'),
    deflateSync(icc),
  ]);
  const chunk = Buffer.alloc(content.length + 8);
  chunk.writeUInt32BE(content.length - 4, 0);
  content.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(content), content.length + 4);
  return Buffer.concat([bytes.subarray(0, PNG_HEAD), chunk, bytes.subarray(PNG_HEAD)]);
}

const RIFF_HEAD = 12;
const FLAG_ICC = 0x20;
const FLAG_ALPHA = 0x10;

/** A VP8X header, the profile, then the picture's own chunks (WebP container specification). */
function intoWebp(bytes: Uint8Array, icc: Uint8Array, { width, height, channels }: Raster): Uint8Array {
  const header = Buffer.alloc(10);
  header[0] = FLAG_ICC | (channels === 4 ? FLAG_ALPHA : 0);
  header.writeUIntLE(width - 1, 4, 3);
  header.writeUIntLE(height - 1, 7, 3);
  const extended = Buffer.from(bytes.subarray(RIFF_HEAD, RIFF_HEAD + 4)).toString() === 'VP8X';
  const picture = bytes.subarray(extended ? RIFF_HEAD + 18 : RIFF_HEAD);
  const body = Buffer.concat([Buffer.from('WEBP'), riff('VP8X', header), riff('ICCP', icc), picture]);
  return riff('RIFF', body);
}

function riff(name: string, content: Uint8Array): Buffer {
  const head = Buffer.alloc(8, name);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}
