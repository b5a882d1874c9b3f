import { decodeRle, expandRle, type Mask, type Ring, traceContours } from '@cutkit/core';
import type { InstanceView } from '../../protocol/editor.js';
import { paintMask } from './paint-masks.js';
import { type RunMask, runMaskOf } from './run-mask.js';

/** An instance with what drawing it takes, each made when first asked for. */
export class DrawnMask {
  readonly view: InstanceView;
  #mask: Mask | undefined;
  #runs: RunMask | undefined;
  #paths = new Map<number, Path2D>();

  constructor(view: InstanceView) {
    this.view = view;
  }

  /** The instance as it is now. Where its pixels are the same, what was made to draw them is kept. */
  become(view: InstanceView): DrawnMask {
    const next = new DrawnMask(view);
    if (view.mask === undefined || view.mask.counts !== this.view.mask?.counts) return next;
    next.#mask = this.#mask;
    next.#runs = this.#runs;
    next.#paths = this.#paths;
    return next;
  }

  /** Its pixels; undefined for boxes, points and what is broken. */
  get mask(): Mask | undefined {
    if (this.view.mask) this.#mask ??= decodeRle(expandRle(this.view.mask));
    return this.#mask;
  }

  /** The same as {@link mask} by stretches, which takes far less to make. */
  get runs(): RunMask | undefined {
    if (this.view.mask) this.#runs ??= runMaskOf(this.view.mask);
    return this.#runs;
  }

  /** Its outlines along pixel edges, in image coordinates; with `step` as a picture reduced so many times has them. */
  path(step: number): Path2D {
    let path = this.#paths.get(step);
    if (!path) {
      path = this.runs ? pathOf(traceReduced(this.runs, step), step) : pathOf(boxRing(this.view.box), 1);
      this.#paths.set(step, path);
    }
    return path;
  }

  /** The finest path that was made so far, if any. */
  get madePath(): Path2D | undefined {
    return this.#paths.get(Math.min(...this.#paths.keys()));
  }

  hasPath(step: number): boolean {
    return this.#paths.has(step);
  }

  /** Whether it covers a pixel. */
  covers(x: number, y: number): boolean {
    return this.runs?.covers(x, y) ?? false;
  }
}

/** Outlines of a mask reduced `step` times, in reduced pixels. A mask too small to be seen so keeps a pixel. */
function traceReduced(runs: RunMask, step: number): Ring[] {
  const { x0, y0, x1, y1 } = runs.bounds;
  const bounds = {
    x0: Math.floor(x0 / step),
    y0: Math.floor(y0 / step),
    x1: Math.ceil(x1 / step),
    y1: Math.ceil(y1 / step),
  };
  const data = new Uint8Array((bounds.x1 - bounds.x0) * (bounds.y1 - bounds.y0));
  paintMask(data, bounds, runs, 1, step);
  if (step > 1 && !data.includes(1)) data.fill(1, 0, 1);
  const [width, height] = [Math.ceil(runs.width / step), Math.ceil(runs.height / step)];
  return traceContours({ width, height, bounds, data });
}

/** A closed path along rings `x0, y0, x1, y1, …`, enlarged. */
function pathOf(rings: readonly (readonly number[])[], by: number): Path2D {
  const path = new Path2D();
  for (const ring of rings) {
    path.moveTo(ring[0]! * by, ring[1]! * by);
    for (let i = 2; i < ring.length; i += 2) path.lineTo(ring[i]! * by, ring[i + 1]! * by);
    path.closePath();
  }
  return path;
}

function boxRing([x, y, width, height]: InstanceView['box']): Ring[] {
  if (width <= 0 || height <= 0) return [];
  return [[x, y, x + width, y, x + width, y + height, x, y + height]];
}
