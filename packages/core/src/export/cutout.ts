import type { Alpha, Raster } from '../types.js';

/**
 * RGBA with straight alpha and the picture's colours. Fully transparent pixels are black, so that nothing hidden leaks
 * and files stay small.
 */
export function cutout(image: Raster, alpha: Alpha): Raster {
  const { width, height, channels, data } = image;
  // One 32-bit store a pixel; red is the lowest byte on every machine that runs JavaScript.
  const pixels = new Uint32Array(width * height);
  const fill = (start: number, end: number) => {
    for (let i = start, from = start * channels; i < end; i++, from += channels) {
      const a = alpha.data[i]!;
      if (a !== 0) pixels[i] = data[from]! | (data[from + 1]! << 8) | (data[from + 2]! << 16) | (a << 24);
    }
  };
  eachRun(alpha.data, fill);
  return { width, height, channels: 4, data: new Uint8Array(pixels.buffer) };
}

/** Calls `visit` with stretches that hold all that is not 0; empty stretches are passed over eight bytes at a time. */
function eachRun(
  { buffer, byteOffset, length }: Alpha['data'],
  visit: (start: number, end: number) => void,
): void {
  if (byteOffset % 8 !== 0) {
    visit(0, length);
    return;
  }
  const words = new Int32Array(buffer, byteOffset, (length >> 3) * 2);
  const isEmpty = (w: number) => words[w] === 0 && words[w + 1] === 0;
  for (let w = 0; w < words.length; ) {
    while (w < words.length && isEmpty(w)) w += 2;
    const start = w;
    while (w < words.length && !isEmpty(w)) w += 2;
    visit(start * 4, w * 4);
  }
  visit(words.length * 4, length);
}
