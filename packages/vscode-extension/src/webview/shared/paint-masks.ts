import type { PixelWindow } from '@cutkit/core';
import type { RunMask } from './run-mask.js';

/** A mask and the opaque colour that its pixels get, `0xAABBGGRR` as a little-endian RGBA picture holds it. */
export interface PaintedMask {
  readonly mask: RunMask;
  readonly rgba: number;
}

/** An opaque colour as one number of a little-endian RGBA picture. */
export function rgbaOf([r, g, b]: readonly [number, number, number]): number {
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

/**
 * Paints masks, in order, into `pixels`: the `window` of a picture reduced `step` times, row-major, a number a pixel. What no
 * mask covers becomes 0, transparent. A reduced pixel has the colour of the one in the middle of the `step` × `step` that it
 * stands for, so that colours stay exact; with `step` 1 so do edges.
 */
export function paintMasks(
  pixels: Uint32Array,
  window: PixelWindow,
  masks: readonly PaintedMask[],
  step = 1,
): void {
  pixels.fill(0);
  for (const { mask, rgba } of masks) paintMask(pixels, window, mask, rgba, step);
}

/** Paints one mask over what is there; see {@link paintMasks}. */
export function paintMask(
  pixels: Uint32Array | Uint8Array,
  window: PixelWindow,
  { bounds, height, stretches }: RunMask,
  value: number,
  step: number,
): void {
  const middle = step >> 1;
  const reduced = (at: number) => Math.ceil((at - middle) / step);
  if (reduced(bounds.x1) <= window.x0 || reduced(bounds.x0) >= window.x1) return;
  if (reduced(bounds.y1) <= window.y0 || reduced(bounds.y0) >= window.y1) return;
  const width = window.x1 - window.x0;
  for (let i = 0; i < stretches.length; i += 2) {
    const end = stretches[i + 1]!;
    let x = Math.floor(stretches[i]! / height);
    let top = stretches[i]! - x * height;
    // Where a stretch goes on into the next columns, it begins there at the top.
    for (let left = end - stretches[i]!; left > 0; x++, top = 0) {
      const bottom = Math.min(height, top + left);
      left -= bottom - top;
      const column = (x - middle) / step;
      if ((x - middle) % step !== 0 || column < window.x0 || column >= window.x1) continue;
      const from = Math.max(window.y0, reduced(top)) - window.y0;
      const to = Math.min(window.y1, reduced(bottom)) - window.y0;
      const stop = to * width + column - window.x0;
      for (let at = from * width + column - window.x0; at < stop; at += width) pixels[at] = value;
    }
  }
}
