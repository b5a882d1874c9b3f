import type { PixelWindow, Raster } from '../types.js';

/** The pixels of a half-open window, copied; the picture itself where the window is all of it. */
export function cropRaster(image: Raster, { x0, y0, x1, y1 }: PixelWindow): Raster {
  const { width, height, channels, data } = image;
  if (x0 === 0 && y0 === 0 && x1 === width && y1 === height) return image;
  const row = (x1 - x0) * channels;
  const out = new Uint8Array(row * (y1 - y0));
  for (let y = y0; y < y1; y++) {
    const start = (y * width + x0) * channels;
    out.set(data.subarray(start, start + row), (y - y0) * row);
  }
  return { width: x1 - x0, height: y1 - y0, channels, data: out };
}
