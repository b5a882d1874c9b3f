import { decodeRle, expandRle, type Mask, type Ring, traceContours } from '@cutkit/core';
import type { InstanceView } from '../../protocol/editor.js';

/** An instance with what drawing it takes, each made when first asked for. */
export class DrawnMask {
  readonly view: InstanceView;
  #mask: Mask | undefined;
  #rings: readonly Ring[] | undefined;
  #path: Path2D | undefined;

  constructor(view: InstanceView) {
    this.view = view;
  }

  /** Its pixels; undefined for boxes, points and what is broken. */
  get mask(): Mask | undefined {
    if (this.view.mask) this.#mask ??= decodeRle(expandRle(this.view.mask));
    return this.#mask;
  }

  /** Its outlines along pixel edges, in image coordinates. */
  get rings(): readonly Ring[] {
    this.#rings ??= this.mask ? traceContours(this.mask) : boxRing(this.view.box);
    return this.#rings;
  }

  /** {@link rings} as a path to stroke. */
  get path(): Path2D {
    this.#path ??= pathOf(this.rings);
    return this.#path;
  }

  /** Whether it covers a pixel. */
  covers(x: number, y: number): boolean {
    const { mask } = this;
    if (!mask) return false;
    const { bounds, data } = mask;
    if (x < bounds.x0 || y < bounds.y0 || x >= bounds.x1 || y >= bounds.y1) return false;
    return data[(y - bounds.y0) * (bounds.x1 - bounds.x0) + x - bounds.x0] === 1;
  }
}

/** A closed path along rings `x0, y0, x1, y1, …`. */
function pathOf(rings: readonly (readonly number[])[]): Path2D {
  const path = new Path2D();
  for (const ring of rings) {
    path.moveTo(ring[0]!, ring[1]!);
    for (let i = 2; i < ring.length; i += 2) path.lineTo(ring[i]!, ring[i + 1]!);
    path.closePath();
  }
  return path;
}

function boxRing([x, y, width, height]: InstanceView['box']): Ring[] {
  if (width <= 0 || height <= 0) return [];
  return [[x, y, x + width, y, x + width, y + height, x, y + height]];
}
