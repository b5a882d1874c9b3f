import type { PixelWindow } from '@cutkit/core';
import type { DrawnMask } from '../shared/drawn-mask.js';
import { classOf, colourOf, type EditorState, visibleMasks } from './store.js';

const LINE = 1.5;
const SELECTED_LINE = 2.5;

/** What of the picture is on the screen, and how. */
export interface OutlineView {
  /** CSS pixels a pixel of the image takes. */
  readonly scale: number;
  /** Outlines are as fine as those of a picture reduced so many times. */
  readonly step: number;
  /** Image pixels that are on the screen. */
  readonly window: PixelWindow;
  /** Milliseconds for outlines that were not traced before. */
  readonly budget: number;
}

/**
 * Draws outlines, what is selected, and suggestions, in image coordinates. False when outlines are
 * still to be traced: the next frame goes on with them, and shows coarser ones, if there are any, until then.
 */
export function drawOutlines(
  context: CanvasRenderingContext2D,
  state: EditorState,
  { scale, step, window, budget }: OutlineView,
): boolean {
  const deadline = performance.now() + budget;
  let isWhole = true;
  const stroke = (mask: DrawnMask, style: string, width: number) => {
    if (!isInside(mask, window)) return;
    const canTrace = mask.hasPath(step) || performance.now() < deadline;
    isWhole &&= canTrace;
    const path = canTrace ? mask.path(step) : mask.madePath;
    if (!path) return;
    context.strokeStyle = style;
    context.lineWidth = width / scale;
    context.stroke(path);
  };
  context.lineJoin = 'round';
  for (const mask of visibleMasks(state)) {
    const isLined = state.style !== 'fill' || mask.runs === undefined;
    if (isLined) stroke(mask, css(colourOf(state.view, mask.view)), LINE);
  }
  context.setLineDash([6 / scale, 4 / scale]);
  // Filled in colours of their own, outlined in that of the class that they would have.
  for (const mask of state.suggestions) {
    stroke(mask, css(classOf(state.view, mask.view.classIndex).colour), LINE);
  }
  context.setLineDash([]);
  const selected = state.selected === undefined ? undefined : state.masks.get(state.selected);
  if (selected && state.masksShown) {
    stroke(selected, '#000', SELECTED_LINE + 2);
    stroke(selected, '#fff', SELECTED_LINE);
  }
  return isWhole;
}

/** `rgb(r g b)`. */
export function css([r, g, b]: readonly [number, number, number]): string {
  return `rgb(${r} ${g} ${b})`;
}

function isInside({ runs, view }: DrawnMask, window: PixelWindow): boolean {
  const [x, y, width, height] = view.box;
  const { x0, y0, x1, y1 } = runs?.bounds ?? { x0: x, y0: y, x1: x + width, y1: y + height };
  return x0 <= window.x1 && y0 <= window.y1 && x1 >= window.x0 && y1 >= window.y0;
}
