import type { PixelWindow } from '@cutkit/core';
import type { DrawnMask } from '../shared/drawn-mask.js';
import { type PaintedMask, paintMasks, rgbaOf } from '../shared/paint-masks.js';

/** A mask and its colour. */
interface ColouredMask {
  readonly mask: DrawnMask;
  readonly colour: readonly [number, number, number];
}

/**
 * All masks on one canvas of the picture's size, opaque: their opacity is the canvas's, which costs no repaint. What
 * changes is repainted only inside the bounds of the masks that came, went or changed.
 */
export class FillLayer {
  readonly canvas = document.createElement('canvas');
  #painted: PaintedMask[] = [];

  constructor() {
    this.canvas.className = 'fill';
    this.canvas.setAttribute('aria-hidden', 'true');
  }

  resize({ width, height }: { width: number; height: number }): void {
    this.canvas.width = width;
    this.canvas.height = height;
    this.#painted = [];
  }

  /** Shows exactly these, the last on top. */
  paint(masks: readonly ColouredMask[]): void {
    const next = masks.flatMap(({ mask, colour }) =>
      mask.mask ? [{ mask: mask.mask, rgba: rgbaOf(colour) }] : [],
    );
    const window = changedWindow(this.#painted, next, this.canvas);
    this.#painted = next;
    const width = window.x1 - window.x0;
    const height = window.y1 - window.y0;
    if (width <= 0 || height <= 0) return;
    const image = new ImageData(width, height);
    paintMasks(new Uint32Array(image.data.buffer), window, next);
    this.canvas.getContext('2d')?.putImageData(image, window.x0, window.y0);
  }
}

/** The smallest window outside of which both lists of masks look the same. */
function changedWindow(
  before: readonly PaintedMask[],
  after: readonly PaintedMask[],
  { width, height }: { readonly width: number; readonly height: number },
): PixelWindow {
  const kept = new Map(before.map((one) => [one.mask, one.rgba]));
  const stays = (one: PaintedMask, other: ReadonlyMap<unknown, number>) => other.get(one.mask) === one.rgba;
  const now = new Map(after.map((one) => [one.mask, one.rgba]));
  const changed = [...before.filter((one) => !stays(one, now)), ...after.filter((one) => !stays(one, kept))];
  const window = { x0: width, y0: height, x1: 0, y1: 0 };
  for (const { mask } of changed) {
    window.x0 = Math.min(window.x0, mask.bounds.x0);
    window.y0 = Math.min(window.y0, mask.bounds.y0);
    window.x1 = Math.max(window.x1, Math.min(width, mask.bounds.x1));
    window.y1 = Math.max(window.y1, Math.min(height, mask.bounds.y1));
  }
  return window;
}
