import type { PixelWindow } from '../types.js';

/**
 * A binary mask of a `width × height` picture, held only where it may be set: `data` has a byte, 0 or 1, for each pixel
 * of `bounds`, row-major; outside of it all is 0. Masks of small things in large pictures stay small.
 */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly bounds: PixelWindow;
  readonly data: Uint8Array;
}

/** A mask from a byte per pixel of the whole picture; anything but 0 is set. The bytes are copied. */
export function maskOf(width: number, height: number, pixels: ArrayLike<number>): Mask {
  if (pixels.length !== width * height) {
    throw new RangeError(`a ${width}×${height} mask has ${width * height} pixels, not ${pixels.length}`);
  }
  const data = new Uint8Array(pixels.length);
  for (let i = 0; i < data.length; i++) data[i] = pixels[i] === 0 ? 0 : 1;
  return { width, height, bounds: { x0: 0, y0: 0, x1: width, y1: height }, data };
}

/** A byte, 0 or 1, for each pixel of the whole picture. */
export function pixelsOf(mask: Mask): Uint8Array {
  const { width, height, bounds, data } = mask;
  const pixels = new Uint8Array(width * height);
  const row = bounds.x1 - bounds.x0;
  for (let y = bounds.y0, from = 0; y < bounds.y1; y++, from += row)
    pixels.set(data.subarray(from, from + row), y * width + bounds.x0);
  return pixels;
}

/** How many pixels are set. */
export function areaOf({ data }: Mask): number {
  let area = 0;
  for (let i = 0; i < data.length; i++) area += data[i]!;
  return area;
}

/**
 * The first and last set column and row, `[x0, y0, x1, y1]`, the last ones inclusive as in Segment Anything's
 * `batched_mask_to_box`; all 0 for an empty mask.
 */
export function boxOf(mask: Mask): [x0: number, y0: number, x1: number, y1: number] {
  const { bounds, data } = mask;
  const row = bounds.x1 - bounds.x0;
  let [left, right, top, bottom] = [row, -1, -1, -1];
  for (let y = bounds.y0, from = 0; y < bounds.y1; y++, from += row) {
    let x = 0;
    while (x < row && data[from + x] === 0) x++;
    if (x === row) continue;
    let last = row - 1;
    while (data[from + last] === 0) last--;
    if (x < left) left = x;
    if (last > right) right = last;
    if (top < 0) top = y;
    bottom = y;
  }
  if (top < 0) return [0, 0, 0, 0];
  return [bounds.x0 + left, top, bounds.x0 + right, bottom];
}

/** The mask inside a larger picture, moved right by `x` and down by `y`. No pixel is copied. */
export function placeMask(mask: Mask, width: number, height: number, x: number, y: number): Mask {
  const { bounds, data } = mask;
  const moved = { x0: bounds.x0 + x, y0: bounds.y0 + y, x1: bounds.x1 + x, y1: bounds.y1 + y };
  if (moved.x0 < 0 || moved.y0 < 0 || moved.x1 > width || moved.y1 > height) {
    throw new RangeError(`a mask moved by ${x}, ${y} leaves the ${width}×${height} picture`);
  }
  return { width, height, bounds: moved, data };
}

/** What of a mask lies in a half-open window, as a mask of the window's size. */
export function cropMask({ bounds, data }: Mask, part: PixelWindow): Mask {
  const [x0, y0] = [Math.max(bounds.x0, part.x0), Math.max(bounds.y0, part.y0)];
  const [x1, y1] = [Math.max(x0, Math.min(bounds.x1, part.x1)), Math.max(y0, Math.min(bounds.y1, part.y1))];
  const [from, to] = [bounds.x1 - bounds.x0, x1 - x0];
  const out = new Uint8Array(to * (y1 - y0));
  for (let y = y0; y < y1; y++) {
    const start = (y - bounds.y0) * from + x0 - bounds.x0;
    out.set(data.subarray(start, start + to), (y - y0) * to);
  }
  return {
    width: part.x1 - part.x0,
    height: part.y1 - part.y0,
    bounds: { x0: x0 - part.x0, y0: y0 - part.y0, x1: x1 - part.x0, y1: y1 - part.y0 },
    data: out,
  };
}
