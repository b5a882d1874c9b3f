import type { Alpha } from '../types.js';
import type { Window } from './foreground-levels.js';

/** The blocks of `side` pixels that hold a pixel neither 0 nor 255, in reading order, clipped to the picture. */
export function softBlocks(alpha: Alpha, side: number): Window[] {
  const { width, height } = alpha;
  const columns = Math.ceil(width / side);
  const marks = new Uint8Array(columns * Math.ceil(height / side));
  eachSoft(alpha.data, (i) => {
    const y = Math.floor(i / width);
    marks[Math.floor(y / side) * columns + Math.floor((i - y * width) / side)] = 1;
  });
  const blocks: Window[] = [];
  marks.forEach((mark, i) => {
    if (mark === 0) return;
    const [x0, y0] = [(i % columns) * side, Math.floor(i / columns) * side];
    blocks.push({ x0, y0, x1: Math.min(width, x0 + side), y1: Math.min(height, y0 + side) });
  });
  return blocks;
}

/** Finds soft pixels eight at a time where the bytes lie aligned: most of a photo is all 0 or all 255. */
function eachSoft(data: Alpha['data'], visit: (i: number) => void): void {
  const words =
    data.byteOffset % 8 === 0 ? new Int32Array(data.buffer, data.byteOffset, (data.length >> 3) * 2) : [];
  const test = (from: number, to: number) => {
    for (let i = from; i < to; i++) if (((data[i]! + 1) & 255) > 1) visit(i);
  };
  for (let w = 0; w < words.length; w += 2) {
    const low = words[w]!;
    if (low !== words[w + 1]! || (low !== 0 && low !== -1)) test(w * 4, w * 4 + 8);
  }
  test(words.length * 4, data.length);
}
