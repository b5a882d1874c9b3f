import { crc32 } from './crc32.js';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Length and name before a chunk's content, checksum after it. */
const AROUND = 12;

/** Whether a file is a PNG, as far as it claims. */
export function isPng(file: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => file[i] === byte);
}

/** A PNG of these chunks. */
export function pngOf(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, SIGNATURE.length));
  bytes.set(SIGNATURE);
  let at = SIGNATURE.length;
  for (const part of chunks) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A chunk as it stands in a file. */
export function chunk(name: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(content.length + AROUND);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = name.charCodeAt(i);
  bytes.set(content, 8);
  view.setUint32(content.length + 8, crc32(bytes.subarray(4, content.length + 8)));
  return bytes;
}

/** Chunks of a PNG before its pixels, by name, each as it stands in the file. */
export function chunksBeforePixels(file: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const chunks = new Map<string, Uint8Array>();
  for (let at = SIGNATURE.length; at + AROUND <= file.length; ) {
    const name = String.fromCharCode(...file.subarray(at + 4, at + 8));
    if (name === 'IDAT') break;
    const end = at + view.getUint32(at) + AROUND;
    chunks.set(name, file.subarray(at, end));
    at = end;
  }
  return chunks;
}
