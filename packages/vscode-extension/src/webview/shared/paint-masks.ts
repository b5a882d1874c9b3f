import type { Mask, PixelWindow } from '@cutkit/core';

/** A mask and the opaque colour that its pixels get, `0xAABBGGRR` as a little-endian RGBA picture holds it. */
export interface PaintedMask {
  readonly mask: Mask;
  readonly rgba: number;
}

/** An opaque colour as one number of a little-endian RGBA picture. */
export function rgbaOf([r, g, b]: readonly [number, number, number]): number {
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

/**
 * Paints masks, in order, into `pixels`: the `window` of a picture, row-major, a number a pixel. What no mask covers
 * becomes 0, transparent. Rows of a mask are painted run by run.
 */
export function paintMasks(pixels: Uint32Array, window: PixelWindow, masks: readonly PaintedMask[]): void {
  pixels.fill(0);
  const width = window.x1 - window.x0;
  for (const { mask, rgba } of masks) {
    const { bounds, data } = mask;
    const row = bounds.x1 - bounds.x0;
    const [left, right] = [Math.max(bounds.x0, window.x0), Math.min(bounds.x1, window.x1)];
    const [top, bottom] = [Math.max(bounds.y0, window.y0), Math.min(bounds.y1, window.y1)];
    for (let y = top; y < bottom; y++) {
      const from = (y - bounds.y0) * row - bounds.x0;
      const to = (y - window.y0) * width - window.x0;
      for (let x = left; x < right; x++) if (data[from + x] === 1) pixels[to + x] = rgba;
    }
  }
}
