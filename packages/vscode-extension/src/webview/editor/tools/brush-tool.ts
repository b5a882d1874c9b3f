import { compressRle, encodeRle, type Mask, type PixelWindow } from '@cutkit/core';
import { t } from '../../shared/l10n.js';
import { paintStroke, subtractStroke } from './stroke.js';
import type { Tool, ToolContext, ToolPoint } from './tool.js';

/** Paints pixels into the selected instance, or a new one; with `erases` (or Alt) takes them away. */
export class BrushTool implements Tool {
  readonly cursor = 'none';
  readonly #context: ToolContext;
  readonly #erases: boolean;
  #points: ToolPoint[] = [];
  #at: ToolPoint | undefined;

  constructor(context: ToolContext, erases: boolean) {
    this.#context = context;
    this.#erases = erases;
  }

  down(point: ToolPoint): void {
    this.#points = [point];
    this.#at = point;
  }

  move(point: ToolPoint): void {
    this.#at = point;
    if (this.#points.length > 0) this.#points.push(point);
  }

  up(): void {
    const points = this.#points;
    this.#points = [];
    if (points.length > 0) void this.#paint(points);
  }

  cancel(): boolean {
    const was = this.#points.length > 0;
    this.#points = [];
    if (was) return true;
    if (this.#context.store.state.selected === undefined) return false;
    this.finish();
    return true;
  }

  /** The next stroke begins a new thing. */
  finish(): void {
    this.#context.store.set({ selected: undefined });
  }

  draw(context: CanvasRenderingContext2D, scale: number): void {
    const radius = this.#context.store.state.brush;
    const erases = this.#erasesNow(this.#points[0] ?? this.#at);
    if (this.#points.length > 0) {
      context.strokeStyle = erases ? 'rgb(255 255 255 / 60%)' : 'rgb(30 144 255 / 60%)';
      context.lineWidth = 2 * radius;
      context.lineCap = 'round';
      context.beginPath();
      for (const { x, y } of this.#points) context.lineTo(x, y);
      context.lineTo(this.#points[0]!.x + 0.01, this.#points[0]!.y);
      context.stroke();
    }
    if (!this.#at) return;
    for (const [style, width] of [
      ['#000', 3],
      [erases ? '#ff8182' : '#fff', 1.5],
    ] as const) {
      context.beginPath();
      context.arc(this.#at.x, this.#at.y, radius, 0, 2 * Math.PI);
      context.strokeStyle = style;
      context.lineWidth = width / scale;
      context.stroke();
    }
  }

  #erasesNow(point: ToolPoint | undefined): boolean {
    return this.#erases !== (point?.alt ?? false);
  }

  async #paint(points: readonly ToolPoint[]): Promise<void> {
    const { store, actions } = this.#context;
    const { width, height } = this.#context.size();
    const selected = store.state.selected;
    const before = selected === undefined ? undefined : store.state.masks.get(selected)?.mask;
    const radius = store.state.brush;
    if (this.#erasesNow(points[0])) {
      if (!before || selected === undefined) return;
      const after = subtractStroke(before, points, radius);
      if (after) await actions.reshape(selected, shapeOf(after), t('Erase'));
      else await actions.remove(selected);
      return;
    }
    const painted = paintStroke(before ?? emptyMask(width, height), points, radius);
    if (before && selected !== undefined) await actions.reshape(selected, shapeOf(painted), t('Paint'));
    else await actions.add(shapeOf(painted));
  }
}

function shapeOf(mask: Mask): { kind: 'pixels'; mask: ReturnType<typeof compressRle> } {
  return { kind: 'pixels', mask: compressRle(encodeRle(mask)) };
}

function emptyMask(width: number, height: number): Mask {
  const bounds: PixelWindow = { x0: 0, y0: 0, x1: 0, y1: 0 };
  return { width, height, bounds, data: new Uint8Array() };
}
