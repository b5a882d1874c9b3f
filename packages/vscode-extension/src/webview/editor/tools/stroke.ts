import type { Mask, PixelWindow } from '@cutkit/core';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The mask with all pixels set whose centres lie within `radius` of the stroke's line, in image pixels. */
export function paintStroke(mask: Mask, stroke: readonly Point[], radius: number): Mask {
  const grown = widen(mask, strokeWindow(stroke, radius, mask));
  const data = grown.data.slice();
  eachPixel(grown, stroke, radius, (at) => {
    data[at] = 1;
  });
  return { ...grown, data };
}

/** The mask with those pixels cleared; undefined when none is left. */
export function subtractStroke(mask: Mask, stroke: readonly Point[], radius: number): Mask | undefined {
  const data = mask.data.slice();
  eachPixel(mask, stroke, radius, (at) => {
    data[at] = 0;
  });
  return data.includes(1) ? { ...mask, data } : undefined;
}

/** Calls `visit` with the index, in the mask's data, of each pixel of its bounds that the stroke covers. */
function eachPixel(
  { bounds, width, height }: Mask,
  stroke: readonly Point[],
  radius: number,
  visit: (at: number) => void,
): void {
  const row = bounds.x1 - bounds.x0;
  stroke.forEach((to, i) => {
    const from = stroke[Math.max(0, i - 1)]!;
    const window = strokeWindow([from, to], radius, { width, height });
    const top = Math.max(window.y0, bounds.y0);
    const bottom = Math.min(window.y1, bounds.y1);
    const left = Math.max(window.x0, bounds.x0);
    const right = Math.min(window.x1, bounds.x1);
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        if (squaredDistance(x + 0.5, y + 0.5, from, to) <= radius * radius) {
          visit((y - bounds.y0) * row + x - bounds.x0);
        }
      }
    }
  });
}

/** The pixels that a stroke may touch, inside the picture. */
function strokeWindow(
  stroke: readonly Point[],
  radius: number,
  { width, height }: { readonly width: number; readonly height: number },
): PixelWindow {
  const xs = stroke.map(({ x }) => x);
  const ys = stroke.map(({ y }) => y);
  const within = (value: number, high: number) => Math.min(high, Math.max(0, value));
  return {
    x0: within(Math.floor(Math.min(...xs) - radius), width),
    y0: within(Math.floor(Math.min(...ys) - radius), height),
    x1: within(Math.ceil(Math.max(...xs) + radius), width),
    y1: within(Math.ceil(Math.max(...ys) + radius), height),
  };
}

/** The mask in bounds that hold `window` too. */
function widen(mask: Mask, window: PixelWindow): Mask {
  const { width, height, bounds, data } = mask;
  const isEmpty = data.length === 0;
  const wide = isEmpty
    ? window
    : {
        x0: Math.min(bounds.x0, window.x0),
        y0: Math.min(bounds.y0, window.y0),
        x1: Math.max(bounds.x1, window.x1),
        y1: Math.max(bounds.y1, window.y1),
      };
  const row = wide.x1 - wide.x0;
  const out = new Uint8Array(row * (wide.y1 - wide.y0));
  const from = bounds.x1 - bounds.x0;
  for (let y = bounds.y0; !isEmpty && y < bounds.y1; y++) {
    const start = (y - bounds.y0) * from;
    out.set(data.subarray(start, start + from), (y - wide.y0) * row + bounds.x0 - wide.x0);
  }
  return { width, height, bounds: wide, data: out };
}

function squaredDistance(x: number, y: number, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / length));
  return (x - from.x - along * dx) ** 2 + (y - from.y - along * dy) ** 2;
}
