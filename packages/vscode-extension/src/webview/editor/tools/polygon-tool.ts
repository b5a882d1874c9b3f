import { strokeVisibly } from '../stroke-visibly.js';
import type { Tool, ToolContext, ToolPoint } from './tool.js';

/** Clicks within this many CSS pixels of the first corner close the polygon. */
const REACH = 8;

/** Draws a polygon, corner by corner; the first corner again, or Enter, closes it. */
export class PolygonTool implements Tool {
  readonly cursor = 'crosshair';
  readonly #context: ToolContext;
  #ring: number[] = [];
  #at: ToolPoint | undefined;

  constructor(context: ToolContext) {
    this.#context = context;
  }

  down(point: ToolPoint): void {
    const [x, y] = this.#ring;
    const reach = REACH / this.#context.scale();
    if (x !== undefined && y !== undefined && Math.hypot(point.x - x, point.y - y) <= reach) this.finish();
    else this.#ring.push(point.x, point.y);
  }

  move(point: ToolPoint): void {
    this.#at = point;
  }

  finish(): void {
    const ring = this.#ring;
    this.#ring = [];
    if (ring.length < 6) return;
    void this.#context.actions.add({ kind: 'polygons', parts: [{ outline: ring, holes: [] }] });
  }

  cancel(): boolean {
    const was = this.#ring.length > 0;
    this.#ring = [];
    return was;
  }

  /** Takes back the last corner. */
  remove(): boolean {
    return this.#ring.splice(-2).length > 0;
  }

  draw(context: CanvasRenderingContext2D, scale: number): void {
    if (this.#ring.length === 0) return;
    const path = new Path2D();
    for (let i = 0; i < this.#ring.length; i += 2) path.lineTo(this.#ring[i]!, this.#ring[i + 1]!);
    if (this.#at) path.lineTo(this.#at.x, this.#at.y);
    strokeVisibly(context, path, 1.5, scale);
    context.fillStyle = '#fff';
    const half = 3.5 / scale;
    for (let i = 0; i < this.#ring.length; i += 2) {
      context.fillRect(this.#ring[i]! - half, this.#ring[i + 1]! - half, 2 * half, 2 * half);
    }
  }
}
