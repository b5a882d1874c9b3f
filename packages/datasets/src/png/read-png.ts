import { type DecodedPng, decode } from 'fast-png';
import { AnnotationError } from '../model/annotation-error.js';
import { say } from '../sentences/sentence.js';

/** A PNG's samples as numbers, before any colour is made of them. */
export interface PngPlane {
  readonly width: number;
  readonly height: number;
  /** Bits a sample, as stored. */
  readonly depth: 1 | 2 | 4 | 8 | 16;
  /** Samples a pixel: 1 grey or palette, 2 grey and alpha, 3 RGB, 4 RGBA. */
  readonly channels: number;
  /** Colours by value, where the PNG has a palette. */
  readonly palette?: readonly (readonly [number, number, number])[];
  /**
   * A value a pixel, row-major: the grey value or palette index; of colours `r + 256·g + 65536·b`, or where they are all
   * {@link grey} the one sample that red, green and blue share. Alpha is left out.
   */
  readonly values: Uint8Array | Uint16Array | Uint32Array;
  /** Whether {@link values} are the shares of grey of a PNG of colours, as {@link readIds} reads them. */
  readonly grey?: true;
}

/** More pixels than this are refused before anything is unpacked. */
const MOST = 2 ** 28;

/** Decodes a PNG. Throws {@link AnnotationError} when it is none or breaks off. */
export function readPng(path: string, bytes: Uint8Array): PngPlane {
  const png = decodePng(path, bytes);
  return planeOf(png, valuesOf(png));
}

/**
 * Decodes a PNG whose values are ids, as {@link readPng} does. Programs that know no other PNGs than those of colours save
 * an id three times: where all pixels have red, green and blue alike, that sample is the value.
 */
export function readIds(path: string, bytes: Uint8Array): PngPlane {
  const png = decodePng(path, bytes);
  const grey = greyOf(png);
  return grey ? { ...planeOf(png, grey), grey: true } : planeOf(png, valuesOf(png));
}

function decodePng(path: string, bytes: Uint8Array): DecodedPng {
  const size = sizeOf(bytes);
  if (!size) throw new AnnotationError(path, say('png-none'));
  if (size.width * size.height > MOST) throw new AnnotationError(path, say('png-too-large', size));
  let png: DecodedPng;
  try {
    png = decode(bytes);
  } catch (error) {
    throw new AnnotationError(
      path,
      say('png-broken', { reason: error instanceof Error ? error.message : String(error) }),
    );
  }
  const { width, height, depth, channels, data } = png;
  if (data.length < (width * height * channels * Math.min(8, depth)) / 8) {
    throw new AnnotationError(path, say('png-ends'));
  }
  return png;
}

function planeOf(
  { width, height, depth, channels, palette }: DecodedPng,
  values: PngPlane['values'],
): PngPlane {
  return {
    width,
    height,
    depth,
    channels,
    ...(palette && { palette: palette.map(([r, g, b]) => [r!, g!, b!] as const) }),
    values,
  };
}

/** Size by the header, without decoding. */
function sizeOf(bytes: Uint8Array): { width: number; height: number } | undefined {
  if (bytes.length < 33 || bytes[1] !== 0x50 || bytes[2] !== 0x4e || bytes[3] !== 0x47) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  return width > 0 && height > 0 ? { width, height } : undefined;
}

function valuesOf({ width, height, depth, channels, data }: DecodedPng): PngPlane['values'] {
  const count = width * height;
  if (depth < 8) return unpack(data as Uint8Array, width, height, depth);
  if (channels === 1) return data instanceof Uint16Array ? data : new Uint8Array(data);
  if (channels === 2)
    return (data instanceof Uint16Array ? new Uint16Array(count) : new Uint8Array(count)).map(
      (_, i) => data[i * 2]!,
    );
  const shift = depth === 16 ? 8 : 0;
  const values = new Uint32Array(count);
  for (let i = 0, at = 0; i < count; i++, at += channels) {
    values[i] = (data[at]! >> shift) | ((data[at + 1]! >> shift) << 8) | ((data[at + 2]! >> shift) << 16);
  }
  return values;
}

/** The sample that red, green and blue share; `undefined` where there are no colours, or one is not grey. */
function greyOf({ width, height, channels, data }: DecodedPng): Uint8Array | Uint16Array | undefined {
  if (channels < 3) return undefined;
  const count = width * height;
  const grey = data instanceof Uint16Array ? new Uint16Array(count) : new Uint8Array(count);
  for (let i = 0, at = 0; i < count; i++, at += channels) {
    if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) return undefined;
    grey[i] = data[at]!;
  }
  return grey;
}

/** Samples of less than a byte, packed from the high bits on, each row in bytes of its own. */
function unpack(data: Uint8Array, width: number, height: number, depth: number): Uint8Array {
  const values = new Uint8Array(width * height);
  const row = Math.ceil((width * depth) / 8);
  const mask = (1 << depth) - 1;
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) {
      const bit = x * depth;
      values[to] = (data[y * row + (bit >> 3)]! >> (8 - depth - (bit & 7))) & mask;
    }
  }
  return values;
}
