import type { PixelWindow } from '@cutkit/core';
import type { DrawnMask } from '../shared/drawn-mask.js';
import { type PaintedMask, paintMasks, rgbaOf } from '../shared/paint-masks.js';

/** A mask and its colour. */
interface ColouredMask {
  readonly mask: DrawnMask;
  readonly colour: readonly [number, number, number];
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels that are painted between two frames while the layer becomes finer. */
const BAND = 1 << 20;

/**
 * All masks on one canvas, opaque: their opacity is the canvas's, which costs no repaint. The canvas is a whole number of
 * times smaller than a large picture that is seen from far; once it is looked at more closely a finer one is painted, band
 * by band, and takes its place. What changes is repainted only inside the bounds of the masks that came, went or changed.
 */
export class FillLayer {
  readonly element = document.createElement('div');
  #canvas = document.createElement('canvas');
  #size: Size = { width: 0, height: 0 };
  #step = 1;
  #painted: PaintedMask[] = [];
  /** Counts changes of what is shown. */
  #turn = 0;
  #wanted = 1;
  #refining: Promise<void> | undefined;

  constructor() {
    this.element.className = 'masks';
    this.element.setAttribute('aria-hidden', 'true');
    this.element.append(this.#canvas);
  }

  /** Begins anew for a picture, whose masks are painted `step` times smaller. */
  resize(size: Size, step: number): void {
    this.#size = size;
    this.#wanted = step;
    this.#turn++;
    this.#show(this.#canvasFor(step), step);
    this.#painted = [];
  }

  /** Shows exactly these, the last on top. */
  paint(masks: readonly ColouredMask[]): void {
    const next = masks.flatMap(({ mask, colour }) =>
      mask.runs ? [{ mask: mask.runs, rgba: rgbaOf(colour) }] : [],
    );
    const window = changedWindow(this.#painted, next, this.#size);
    this.#painted = next;
    this.#turn++;
    if (window.x1 > window.x0) this.#paintWindow(this.#canvas, reduced(window, this.#step), this.#step);
  }

  /** Becomes as fine as `step`, if it is not yet; what is there stays until the finer canvas is whole. */
  refine(step: number): void {
    if (step >= this.#wanted) return;
    this.#wanted = step;
    this.#refining ??= this.#becomeFiner().finally(() => {
      this.#refining = undefined;
    });
  }

  async #becomeFiner(): Promise<void> {
    while (this.#step > this.#wanted) {
      const [turn, step] = [this.#turn, this.#wanted];
      const canvas = this.#canvasFor(step);
      const rows = Math.max(1, Math.floor(BAND / canvas.width));
      // A change meanwhile, or a wish for something finer still: this canvas is of no use any more.
      const isWanted = () => turn === this.#turn && step === this.#wanted;
      for (let y0 = 0; y0 < canvas.height && isWanted(); y0 += rows) {
        const y1 = Math.min(canvas.height, y0 + rows);
        this.#paintWindow(canvas, { x0: 0, y0, x1: canvas.width, y1 }, step);
        await new Promise(requestAnimationFrame);
      }
      if (isWanted()) this.#show(canvas, step);
    }
  }

  #paintWindow(canvas: HTMLCanvasElement, window: PixelWindow, step: number): void {
    const image = new ImageData(window.x1 - window.x0, window.y1 - window.y0);
    paintMasks(new Uint32Array(image.data.buffer), window, this.#painted, step);
    canvas.getContext('2d')?.putImageData(image, window.x0, window.y0);
  }

  #canvasFor(step: number): HTMLCanvasElement {
    const canvas = document.createElement('canvas');
    canvas.className = 'fill';
    canvas.width = Math.ceil(this.#size.width / step);
    canvas.height = Math.ceil(this.#size.height / step);
    canvas.style.width = `${canvas.width * step}px`;
    canvas.style.height = `${canvas.height * step}px`;
    return canvas;
  }

  #show(canvas: HTMLCanvasElement, step: number): void {
    this.#canvas.replaceWith(canvas);
    this.#canvas = canvas;
    this.#step = step;
  }
}

/** The pixels of a reduced picture that a window of it may touch. */
function reduced({ x0, y0, x1, y1 }: PixelWindow, step: number): PixelWindow {
  return {
    x0: Math.floor(x0 / step),
    y0: Math.floor(y0 / step),
    x1: Math.ceil(x1 / step),
    y1: Math.ceil(y1 / step),
  };
}

/** The smallest window outside of which both lists of masks look the same. */
function changedWindow(
  before: readonly PaintedMask[],
  after: readonly PaintedMask[],
  { width, height }: Size,
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
