import type { DrawnMask } from '../shared/drawn-mask.js';
import { colourOf, type EditorState, visibleMasks } from './store.js';

const LINE = 1.5;
const SELECTED_LINE = 2.5;

/** Draws outlines, what is selected, suggestions and the keyboard's crosshair, in image coordinates at `scale`. */
export function drawOutlines(
  context: CanvasRenderingContext2D,
  state: EditorState,
  scale: number,
  crosshair: { x: number; y: number } | undefined,
): void {
  context.lineJoin = 'round';
  for (const mask of visibleMasks(state)) {
    const lined = state.style !== 'fill' || mask.mask === undefined;
    if (lined) stroke(context, mask, css(colourOf(state.view, mask.view)), LINE / scale);
  }
  context.setLineDash([6 / scale, 4 / scale]);
  for (const mask of state.suggestions) {
    stroke(context, mask, css(colourOf(state.view, mask.view)), LINE / scale);
  }
  context.setLineDash([]);
  const selected = state.selected === undefined ? undefined : state.masks.get(state.selected);
  if (selected && state.masksShown) {
    stroke(context, selected, '#000', (SELECTED_LINE + 2) / scale);
    stroke(context, selected, '#fff', SELECTED_LINE / scale);
  }
  if (crosshair) drawCrosshair(context, crosshair, scale);
}

/** `rgb(r g b)`. */
export function css([r, g, b]: readonly [number, number, number]): string {
  return `rgb(${r} ${g} ${b})`;
}

function stroke(context: CanvasRenderingContext2D, mask: DrawnMask, style: string, width: number): void {
  context.strokeStyle = style;
  context.lineWidth = width;
  context.stroke(mask.path);
}

function drawCrosshair(
  context: CanvasRenderingContext2D,
  { x, y }: { x: number; y: number },
  scale: number,
): void {
  const arm = 14 / scale;
  const gap = 3 / scale;
  const path = new Path2D();
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    path.moveTo(x + dx * gap, y + dy * gap);
    path.lineTo(x + dx * arm, y + dy * arm);
  }
  for (const [style, width] of [
    ['#000', 4],
    ['#fff', 2],
  ] as const) {
    context.strokeStyle = style;
    context.lineWidth = width / scale;
    context.stroke(path);
  }
}
