import type { Raster } from '../types.js';

/** The picture as a mirror shows it: left is right. */
export function flipRaster({ width, height, channels, data }: Raster): Raster {
  const out = new Uint8Array(data.length);
  const row = width * channels;
  for (let y = 0; y < height; y++) {
    let to = (y + 1) * row;
    for (let from = y * row; from < (y + 1) * row; from += channels) {
      to -= channels;
      for (let c = 0; c < channels; c++) out[to + c] = data[from + c]!;
    }
  }
  return { width, height, channels, data: out };
}
