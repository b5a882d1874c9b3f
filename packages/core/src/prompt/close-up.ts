import type { PixelWindow } from '../types.js';
import type { Prompt } from './prompt.js';

/** The window around a box, in its widths and heights: things are known by what is beside them. */
const REACH = 2;
/** Thin boxes get a window that is this share as wide as long. */
const LEAST_ASPECT = 0.75;
/** A window of more of the picture than this shows it no better. */
const NO_GAIN = 0.9;

/**
 * The part of a `width × height` picture that a close look at a prompt's box shows: what is around it, and every click. Undefined
 * without a box, and where it would be nearly the whole picture.
 */
export function closeUpWindow(
  { points = [], box }: Prompt,
  width: number,
  height: number,
): PixelWindow | undefined {
  if (!box) return undefined;
  const [left, top, right, bottom] = box;
  const least = LEAST_ASPECT * Math.max(right - left, bottom - top);
  const reach = (from: number, to: number, of: readonly number[], length: number) => {
    const half = (REACH * Math.max(to - from, least)) / 2;
    const middle = (from + to) / 2;
    return [
      Math.max(0, Math.floor(Math.min(middle - half, ...of))),
      Math.min(length, Math.ceil(Math.max(middle + half, ...of.map((at) => at + 1)))),
    ] as const;
  };
  const [x0, x1] = reach(
    left,
    right,
    points.map(({ x }) => x),
    width,
  );
  const [y0, y1] = reach(
    top,
    bottom,
    points.map(({ y }) => y),
    height,
  );
  return (x1 - x0) * (y1 - y0) > NO_GAIN * width * height ? undefined : { x0, y0, x1, y1 };
}

/** A prompt as it is in the window; its mask, which is of the whole picture, is left out. */
export function promptWithin({ points = [], box }: Prompt, { x0, y0 }: PixelWindow): Prompt {
  return {
    points: points.map(({ x, y, label }) => ({ x: x - x0, y: y - y0, label })),
    ...(box ? { box: [box[0] - x0, box[1] - y0, box[2] - x0, box[3] - y0] as const } : {}),
  };
}
