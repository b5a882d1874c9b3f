const PNG = [0x89, 0x50, 0x4e, 0x47];
/** Where PNG's colour type stands, and its kinds without an alpha channel or a palette. */
const COLOUR_TYPE = 25;
const GREY = 0;
const RGB = 2;
const FIRST_CHUNK_AFTER_HEADER = 33;

/**
 * Whether a file's kind alone says that no pixel is transparent, so that nobody need look: JPEG, and PNG of grey or RGB without a
 * transparent colour. False for all others, opaque or not.
 */
export function isOpaque(file: Uint8Array): boolean {
  if (file[0] === 0xff && file[1] === 0xd8) return true;
  if (!PNG.every((byte, i) => file[i] === byte)) return false;
  const type = file[COLOUR_TYPE];
  return (type === GREY || type === RGB) && !chunksOf(file).includes('tRNS');
}

/** Names of the chunks before the pixels. */
function chunksOf(file: Uint8Array): string[] {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const names: string[] = [];
  for (let at = FIRST_CHUNK_AFTER_HEADER; at + 8 <= file.length; at += view.getUint32(at) + 12) {
    const name = String.fromCharCode(...file.subarray(at + 4, at + 8));
    if (name === 'IDAT') break;
    names.push(name);
  }
  return names;
}
