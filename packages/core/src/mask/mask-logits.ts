import { resize } from '../image/resize.js';
import type { LogitGeometry } from './logits.js';
import { type Mask, pixelsOf } from './mask.js';

/** Logits of what is surely inside, and outside; what a network gives for clear masks. */
const SURE = 10;

/** A mask as low-resolution logits for a network's mask input: the share of each cell that is set, as its log odds. */
export function logitsOfMask(mask: Mask, { side, frame, content }: LogitGeometry): Float32Array {
  const { width, height } = mask;
  const pixels = pixelsOf(mask);
  for (let i = 0; i < pixels.length; i++) pixels[i] = pixels[i]! * 255;
  const cells = (pixelsOnSide: number) => Math.max(1, Math.round((pixelsOnSide * side) / frame));
  const [w, h] = [cells(content.width), cells(content.height)];
  const { data } = resize({ width, height, channels: 1, data: pixels }, w, h, 'box');
  const logits = new Float32Array(side * side).fill(-SURE);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const share = data[y * w + x]! / 255;
      logits[y * side + x] = Math.min(SURE, Math.max(-SURE, Math.log(share / (1 - share))));
    }
  }
  return logits;
}
