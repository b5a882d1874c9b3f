import type { Raster } from '../types.js';
import { type ConvolutionFilter, convolutionAxis } from './convolution-axis.js';
import { convolveColumns, convolveRows } from './convolve.js';
import { assertRaster, createRaster } from './raster.js';
import { resizeArea } from './resize-area.js';

/** `box`, `bilinear`, `bicubic` and `lanczos` are Pillow's; `area` is OpenCV's `INTER_AREA`. */
export type Filter = ConvolutionFilter | 'area';

/**
 * Resizes to `width × height` pixels. Pillow's four filters match its 8-bit `Image.resize` byte for byte: antialias,
 * rows first, columns second, each pass rounded to 8 bits and skipped when its size does not change. The channels of
 * an RGBA picture are resized independently: alpha is not multiplied in.
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
  const output = clamped(result.data);
  if (width === source.width && height === source.height) output.set(input);
  else if (filter === 'area') resizeArea(input, source.width, source.height, channels, width, height, output);
  else if (height === source.height) {
    convolveRows(input, source.width, channels, convolutionAxis(filter, source.width, width), output);
  } else {
    const rows = width === source.width ? input : new Uint8Array(width * source.height * channels);
    if (rows !== input) {
      convolveRows(
        input,
        source.width,
        channels,
        convolutionAxis(filter, source.width, width),
        clamped(rows),
      );
    }
    convolveColumns(rows, width * channels, convolutionAxis(filter, source.height, height), output);
  }
  return result;
}

/** The same bytes, clipped on writing. Kernels see one kind of array each, which keeps their compiled code fast. */
function clamped(bytes: Raster['data']): Uint8ClampedArray {
  return new Uint8ClampedArray(bytes.buffer, bytes.byteOffset, bytes.length);
}
