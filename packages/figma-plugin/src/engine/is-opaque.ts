import { chunksBeforePixels, isPng } from '../png/chunks.js';

/** Where the colour type stands in a PNG's first chunk, and its kinds without an alpha channel or a palette. */
const COLOUR_TYPE = 17;
const PLAIN_TYPES: readonly (number | undefined)[] = [0, 2];

/**
 * Whether a file's kind alone says that no pixel is transparent, so that nobody need look: JPEG, and PNG of grey or RGB without a
 * transparent colour. False for all others, opaque or not.
 */
export function isOpaque(file: Uint8Array): boolean {
  if (file[0] === 0xff && file[1] === 0xd8) return true;
  if (!isPng(file)) return false;
  const chunks = chunksBeforePixels(file);
  return PLAIN_TYPES.includes(chunks.get('IHDR')?.[COLOUR_TYPE]) && !chunks.has('tRNS');
}
