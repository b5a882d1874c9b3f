import type { Raster } from '../types.js';
import { type ConvolutionFilter, convolutionAxis } from './convolution-axis.js';
import { convolveColumns, convolveRows } from './convolve.js';
import { assertRaster, createRaster } from './raster.js';
import { resizeArea } from './resize-area.js';

/** `box`, `bilinear`, `bicubic` and `lanczos` are Pillow's; `area` is OpenCV's `INTER_AREA`. */
export type Filter = ConvolutionFilter | 'area';

/**
 * Resizes to `width × height` pixels. Pillow's four filters match its 8-bit `Image.resize` byte for byte: antialias,
 * rows first, columns second (the reverse for a very tall source), each pass rounded to 8 bits and skipped when its
 * size does not change. The channels of an RGBA picture are resized independently: alpha is not multiplied in.
 *
 * The result lies in `out`, which must hold exactly `width * height * channels` bytes and not overlap the source.
 *
 * @example const small = resize(photo, 320, 320, 'lanczos');
 */
export function resize(
  source: Raster,
  width: number,
  height: number,
  filter: Filter,
  out?: Uint8Array,
): Raster {
  assertRaster(source);
  const { channels } = source;
  const result = out ? { width, height, channels, data: out } : createRaster(width, height, channels);
  assertRaster(result);
  const input = new Uint8Array(source.data.buffer, source.data.byteOffset, source.data.length);
  const output = new Uint8Array(result.data.buffer, result.data.byteOffset, result.data.length);
  if (width === source.width && height === source.height) output.set(input);
  else if (filter === 'area') {
    resizeArea(input, source.width, source.height, channels, width, height, clamped(output));
  } else convolve(input, source, width, height, filter, output);
  return result;
}

/** A source this many times taller than wide has its columns shrunk first: rows first would cost far more. */
const TALL = 100;

function convolve(
  input: Uint8Array,
  { width, height, channels }: Raster,
  toWidth: number,
  toHeight: number,
  filter: ConvolutionFilter,
  output: Uint8Array,
): void {
  const rows = (from: Uint8Array, to: Uint8Array): void => {
    convolveRows(from, width, channels, convolutionAxis(filter, width, toWidth), clamped(to));
  };
  const columns = (from: Uint8Array, pixels: number, to: Uint8Array): void => {
    convolveColumns(from, pixels * channels, convolutionAxis(filter, height, toHeight), clamped(to));
  };
  if (toHeight === height) rows(input, output);
  else if (toWidth === width) columns(input, width, output);
  else if (height > width * TALL && toHeight < height) {
    const short = new Uint8Array(width * toHeight * channels);
    columns(input, width, short);
    rows(short, output);
  } else {
    const narrow = new Uint8Array(toWidth * height * channels);
    rows(input, narrow);
    columns(narrow, toWidth, output);
  }
}

/** The same bytes, clipped on writing. Kernels see one kind of array each, which keeps their compiled code fast. */
function clamped(bytes: Uint8Array): Uint8ClampedArray {
  return new Uint8ClampedArray(bytes.buffer, bytes.byteOffset, bytes.length);
}
