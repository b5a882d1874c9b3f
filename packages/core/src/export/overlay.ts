import { edgeDistance } from '../mask/edge-distance.js';
import type { Mask } from '../mask/mask.js';
import type { ClickPoint, PromptBox } from '../prompt/prompt.js';
import type { Raster } from '../types.js';

/** Red, green, blue, 0–255. */
export type Rgb = readonly [number, number, number];

/** Where drawing goes: RGB or RGBA, changed in place. */
export interface Canvas extends Raster {
  readonly channels: 3 | 4;
}

/** The blue of Segment Anything's `show_mask`. */
export const MASK_COLOUR: Rgb = [30, 144, 255];
const MASK_OPACITY = 0.6;
const EVERYTHING_OPACITY = 0.35;
const GREEN: Rgb = [0, 128, 0];
const RED: Rgb = [255, 0, 0];
const WHITE: Rgb = [255, 255, 255];

/** A copy of a picture to draw on; grey becomes RGB. */
export function canvasOf({ width, height, channels, data }: Raster): Canvas {
  if (channels !== 1) return { width, height, channels, data: data.slice() };
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i++) rgb.fill(data[i]!, i * 3, i * 3 + 3);
  return { width, height, channels: 3, data: rgb };
}

/** Tints a mask's pixels, as `show_mask` does: dodger blue at 60 %. */
export function showMask(
  canvas: Canvas,
  mask: Mask,
  colour: Rgb = MASK_COLOUR,
  opacity: number = MASK_OPACITY,
): void {
  const { bounds, data } = mask;
  const row = bounds.x1 - bounds.x0;
  for (let i = 0; i < data.length; i++) {
    if (data[i] === 1) blend(canvas, bounds.x0 + (i % row), bounds.y0 + Math.floor(i / row), colour, opacity);
  }
}

/**
 * Tints every mask at 35 %, largest first, so that small ones stay visible, as `show_anns` does; its random colours are
 * distinct hues in a fixed order here, so that a run can be repeated. With `outlines` each has a rim of its full colour.
 */
export function showAnns(
  canvas: Canvas,
  masks: readonly { readonly mask: Mask; readonly area: number }[],
  { outlines = false }: { readonly outlines?: boolean } = {},
): void {
  const sorted = masks
    .map((one, i) => ({ ...one, colour: distinctColour(i) }))
    .sort((a, b) => b.area - a.area);
  for (const { mask, colour } of sorted) {
    showMask(canvas, mask, colour, EVERYTHING_OPACITY);
    if (outlines) showOutline(canvas, mask, colour);
  }
}

/** The `i`-th of a series of colours in which neighbours differ most: hues one golden angle apart. */
export function distinctColour(i: number): Rgb {
  const hue = (i * 137.508) % 360;
  const channel = (offset: number) => {
    const k = (offset + hue / 30) % 12;
    return Math.round(255 * (0.55 - 0.45 * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}

/** Stars as `show_points` draws them: green for the subject, red for background, edged in white. */
export function showPoints(
  canvas: Canvas,
  points: readonly ClickPoint[],
  radius: number = markerRadius(canvas),
): void {
  for (const { x, y, label } of points) {
    drawStar(canvas, x, y, radius * 1.3, WHITE);
    drawStar(canvas, x, y, radius, label === 1 ? GREEN : RED);
  }
}

/** A green frame as `show_box` draws it. */
export function showBox(
  canvas: Canvas,
  [x0, y0, x1, y1]: PromptBox,
  thickness: number = lineWidth(canvas),
): void {
  const [left, top, right, bottom] = [x0, y0, x1, y1].map(Math.round) as [number, number, number, number];
  const half = Math.floor(thickness / 2);
  for (let k = -half; k < thickness - half; k++) {
    for (let x = left - half; x <= right + half; x++) {
      blend(canvas, x, top + k, GREEN, 1);
      blend(canvas, x, bottom + k, GREEN, 1);
    }
    for (let y = top - half; y <= bottom + half; y++) {
      blend(canvas, left + k, y, GREEN, 1);
      blend(canvas, right + k, y, GREEN, 1);
    }
  }
}

/** Paints a mask's rim, `thickness` pixels wide, inside of it. */
export function showOutline(
  canvas: Canvas,
  mask: Mask,
  colour: Rgb = MASK_COLOUR,
  thickness: number = lineWidth(canvas),
): void {
  const { bounds } = mask;
  const row = bounds.x1 - bounds.x0;
  const distance = edgeDistance(mask);
  for (let i = 0; i < distance.length; i++) {
    if (distance[i]! > 0 && distance[i]! <= thickness)
      blend(canvas, bounds.x0 + (i % row), bounds.y0 + Math.floor(i / row), colour, 1);
  }
}

function markerRadius({ width, height }: Canvas): number {
  return Math.max(5, Math.max(width, height) / 90);
}

function lineWidth({ width, height }: Canvas): number {
  return Math.max(2, Math.round(Math.max(width, height) / 400));
}

function blend(
  { width, height, channels, data }: Canvas,
  x: number,
  y: number,
  colour: Rgb,
  opacity: number,
): void {
  if (x < 0 || y < 0 || x >= width || y >= height) return;
  const at = (y * width + x) * channels;
  for (let c = 0; c < 3; c++) data[at + c] = Math.round(data[at + c]! * (1 - opacity) + colour[c]! * opacity);
  if (channels === 4) data[at + 3] = Math.round(data[at + 3]! + (255 - data[at + 3]!) * opacity);
}

/** Samples a side of a pixel, for smooth edges. */
const SAMPLES = 4;
/** Inner to outer radius of a five-pointed star. */
const WAIST = 0.382;

function drawStar(canvas: Canvas, x: number, y: number, radius: number, colour: Rgb): void {
  const corners = Array.from({ length: 10 }, (_, i) => {
    const [angle, reach] = [(i * Math.PI) / 5, i % 2 === 0 ? radius : radius * WAIST];
    return [x + reach * Math.sin(angle), y - reach * Math.cos(angle)] as const;
  });
  for (let py = Math.floor(y - radius); py <= y + radius; py++) {
    for (let px = Math.floor(x - radius); px <= x + radius; px++) {
      let hits = 0;
      for (let s = 0; s < SAMPLES * SAMPLES; s++) {
        const [sx, sy] = [(s % SAMPLES) + 0.5, Math.floor(s / SAMPLES) + 0.5];
        if (isInside(corners, px + sx / SAMPLES, py + sy / SAMPLES)) hits++;
      }
      blend(canvas, px, py, colour, hits / SAMPLES ** 2);
    }
  }
}

/** Even-odd rule. */
function isInside(corners: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let inside = false;
  for (const [i, [ax, ay]] of corners.entries()) {
    const [bx, by] = corners[(i + 1) % corners.length]!;
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  }
  return inside;
}
