import { type BitDepth, encode } from 'fast-png';
import type { Splice } from '../model/change.js';
import type { PngPlane } from './read-png.js';

/** What a new mask PNG is like. */
export interface NewPng {
  readonly width: number;
  readonly height: number;
  readonly depth: BitDepth;
  /** 1 for grey or palette, 3 for colours. */
  readonly channels: number;
  readonly palette?: readonly (readonly [number, number, number])[];
  /** As of {@link PngPlane.values}. */
  readonly values: ArrayLike<number>;
  /** As of {@link PngPlane.grey}. */
  readonly grey?: true;
}

/** Mask PNGs have long runs, so a middling level is small and quick. */
const ZLIB = { level: 6 } as const;

/** A PNG of values: grey, with a palette, or of colours. */
export function writePng({ width, height, depth, channels, palette, values, grey }: NewPng): Uint8Array {
  return encode(
    {
      width,
      height,
      depth,
      channels,
      data: pack(values, width, height, depth, channels, grey),
      ...(palette && { palette: palette.map((colour) => [...colour]) }),
    },
    { zlib: ZLIB },
  );
}

/**
 * New values for an old PNG of one sample a pixel or of colours: only the image data is replaced, so palette,
 * transparency, resolution and texts stay as they are, byte for byte.
 */
export function replaceValues(bytes: Uint8Array, plane: PngPlane, values: ArrayLike<number>): Splice {
  const { width, height, depth, channels, grey } = plane;
  const interlaced = bytes[28] === 1;
  // The palette changes nothing about how samples are packed.
  const fresh = encode(
    { width, height, depth, channels, data: pack(values, width, height, depth, channels, grey) },
    { zlib: ZLIB, ...(interlaced && { interlace: 'Adam7' as const }) },
  );
  const range = dataChunks(fresh);
  return { ...dataChunks(bytes), bytes: fresh.slice(range.start, range.end) };
}

/**
 * The same PNG in another size, with new values: its header says the size, its image data hold the values, and all other
 * chunks stay, byte for byte.
 */
export function resizePng(
  bytes: Uint8Array,
  { depth, channels, palette, grey }: PngPlane,
  { width, height }: { readonly width: number; readonly height: number },
  values: ArrayLike<number>,
): Splice[] {
  const colours = palette && { palette: palette.map((colour) => [...colour]) };
  const data = pack(values, width, height, depth, channels, grey);
  const fresh = encode(
    { width, height, depth, channels, data, ...colours },
    { zlib: ZLIB, ...(bytes[28] === 1 && { interlace: 'Adam7' as const }) },
  );
  const range = dataChunks(fresh);
  return [
    { start: 0, end: HEADER, bytes: fresh.slice(0, HEADER) },
    { ...dataChunks(bytes), bytes: fresh.slice(range.start, range.end) },
  ];
}

/** The signature and the first chunk, whose sum goes with the size. */
const HEADER = 33;

/** From the first IDAT chunk to the end of the last; by the standard they follow one another. */
function dataChunks(bytes: Uint8Array): { start: number; end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let [start, end] = [0, 0];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const next = at + 12 + view.getUint32(at);
    if (view.getUint32(at + 4) === 0x49444154) {
      if (start === 0) start = at;
      end = next;
    }
    at = next;
  }
  return { start, end };
}

function pack(
  values: ArrayLike<number>,
  width: number,
  height: number,
  depth: number,
  channels: number,
  grey = false,
): Uint8Array | Uint16Array {
  if (channels >= 3) return colours(values, channels, grey);
  if (depth === 16) return Uint16Array.from(values);
  if (depth === 8) return Uint8Array.from(values);
  const row = Math.ceil((width * depth) / 8);
  const data = new Uint8Array(row * height);
  for (let y = 0, from = 0; y < height; y++) {
    for (let x = 0; x < width; x++, from++) {
      const bit = x * depth;
      data[y * row + (bit >> 3)]! |= values[from]! << (8 - depth - (bit & 7));
    }
  }
  return data;
}

/** Red, green and blue of values; all three are the value itself where they are `grey`. */
function colours(values: ArrayLike<number>, channels: number, grey: boolean): Uint8Array {
  const data = new Uint8Array(values.length * channels).fill(255);
  for (let i = 0, at = 0; i < values.length; i++, at += channels) {
    const colour = grey ? values[i]! * 0x010101 : values[i]!;
    data[at] = colour & 255;
    data[at + 1] = (colour >> 8) & 255;
    data[at + 2] = colour >> 16;
  }
  return data;
}
