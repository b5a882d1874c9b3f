import { chunk, chunksBeforePixels, isPng } from './chunks.js';
import { deflate } from './deflate.js';

const ICC_MARK = 'ICC_PROFILE\0';
/** The mark, the piece's number, and how many there are. */
const ICC_HEAD = ICC_MARK.length + 2;
/** Where an ICC profile says what its values are. */
const SPACE = 16;
const APP2 = 0xe2;
const START_OF_SCAN = 0xda;
/** PNG's colour types without colours. */
const GREY_TYPES: readonly (number | undefined)[] = [0, 4];
const COLOUR_TYPE = 17;

/**
 * What a PNG or JPEG file says of its RGB values' meaning, as chunks for a PNG of the same values: an ICC profile, or PNG's own
 * chunks for such. None when it says nothing, means sRGB, or its values are not RGB: then sRGB is right.
 */
export async function colourChunks(file: Uint8Array): Promise<readonly Uint8Array[]> {
  if (isPng(file)) return fromPng(file);
  const profile = file[0] === 0xff && file[1] === 0xd8 ? profileOfJpeg(file) : undefined;
  if (!profile || text(profile, SPACE, SPACE + 4) !== 'RGB ') return [];
  const name = new TextEncoder().encode('ICC profile\0\0');
  return [chunk('iCCP', Uint8Array.from([...name, ...(await deflate(profile))]))];
}

function fromPng(file: Uint8Array): Uint8Array[] {
  const chunks = chunksBeforePixels(file);
  if (GREY_TYPES.includes(chunks.get('IHDR')?.[COLOUR_TYPE])) return [];
  const told = ['cICP', 'iCCP'].flatMap((name) => chunks.get(name) ?? []);
  if (told.length > 0 || chunks.has('sRGB')) return told;
  return ['gAMA', 'cHRM'].flatMap((name) => chunks.get(name) ?? []);
}

/** The profile, whose pieces are in segments of their own. */
function profileOfJpeg(file: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const pieces: { number: number; bytes: Uint8Array }[] = [];
  for (let at = 2; at + 4 <= file.length && file[at] === 0xff && file[at + 1] !== START_OF_SCAN; ) {
    const end = at + 2 + view.getUint16(at + 2);
    const start = at + 4;
    if (file[at + 1] === APP2 && text(file, start, start + ICC_MARK.length) === ICC_MARK)
      pieces.push({
        number: file[start + ICC_MARK.length]!,
        bytes: file.subarray(start + ICC_HEAD, end),
      });
    at = end;
  }
  if (pieces.length === 0) return undefined;
  pieces.sort((a, b) => a.number - b.number);
  return Uint8Array.from(pieces.flatMap(({ bytes }) => [...bytes]));
}

function text(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}
