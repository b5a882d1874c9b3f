import type { PixelWindow } from '../types.js';
import type { ClickPoint, Prompt } from './prompt.js';

/** The window around a box, in its widths and heights: things are known by what is beside them. */
const REACH = 2;
/** Thin boxes get a window that is this share as wide as long. */
const LEAST_ASPECT = 0.75;
/** A window of more of the picture than this shows it no better. */
const NO_GAIN = 0.9;

/**
 * The part of a `width × height` picture that a close look at a prompt's box shows: the box and what is around it. It depends on the
 * box alone, so that clicks, and a pointer that hovers, do not move it. Undefined without a box, where it would be nearly the whole
 * picture, and when a click outside of it says that the subject goes on there.
 */
export function closeUpWindow(
  { points = [], box }: Prompt,
  width: number,
  height: number,
): PixelWindow | undefined {
  if (!box) return undefined;
  const [left, top, right, bottom] = box;
  const least = LEAST_ASPECT * Math.max(right - left, bottom - top);
  const [x0, x1] = around(left, right, least, width);
  const [y0, y1] = around(top, bottom, least, height);
  const part = { x0, y0, x1, y1 };
  const goesOn = points.some((point) => point.label === 1 && !isInside(point, part));
  return goesOn || (x1 - x0) * (y1 - y0) > NO_GAIN * width * height ? undefined : part;
}

function around(from: number, to: number, least: number, length: number): [from: number, to: number] {
  const half = (REACH * Math.max(to - from, least)) / 2;
  const middle = (from + to) / 2;
  return [Math.max(0, Math.floor(middle - half)), Math.min(length, Math.ceil(middle + half))];
}

function isInside({ x, y }: ClickPoint, { x0, y0, x1, y1 }: PixelWindow): boolean {
  return x >= x0 && y >= y0 && x <= x1 && y <= y1;
}

/**
 * A prompt as it is in the window. Its mask, which is of the whole picture, is left out, and so are clicks outside: they are on the
 * background, of which the window says nothing there.
 */
export function promptWithin({ points = [], box }: Prompt, part: PixelWindow): Prompt {
  const { x0, y0 } = part;
  const seen = points.filter((point) => isInside(point, part));
  return {
    points: seen.map(({ x, y, label }) => ({ x: x - x0, y: y - y0, label })),
    ...(box ? { box: [box[0] - x0, box[1] - y0, box[2] - x0, box[3] - y0] as const } : {}),
  };
}
