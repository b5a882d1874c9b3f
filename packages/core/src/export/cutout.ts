import type { Alpha, Raster } from '../types.js';

/**
 * RGBA with straight alpha. Colours come from `foreground` (RGB, the same size) where given, else from `image`; fully
 * transparent pixels are black, so that nothing hidden leaks and files stay small.
 */
export function cutout(image: Raster, alpha: Alpha, foreground: Raster = image): Raster {
  const { width, height } = image;
  const { data: colours, channels } = foreground;
  const data = new Uint8Array(width * height * 4);
  for (let i = 0, from = 0, to = 0; to < data.length; i++, from += channels, to += 4) {
    const a = alpha.data[i]!;
    if (a === 0) continue;
    data[to] = colours[from]!;
    data[to + 1] = colours[from + 1]!;
    data[to + 2] = colours[from + 2]!;
    data[to + 3] = a;
  }
  return { width, height, channels: 4, data };
}
