import { innerPoint } from '../mask/edge-distance.js';
import type { Mask } from '../mask/mask.js';
import { DIGIT_HEIGHT, digitsWidth, drawDigits } from './digits.js';
import { type Canvas, distinctColour, type Rgb } from './overlay.js';

const INK: Rgb = [255, 255, 255];
const HALO: Rgb = [0, 0, 0];
const PAPER: Rgb = [255, 255, 255];
const TEXT: Rgb = [32, 32, 32];

/** Writes each mask's number, from 1 in the order given, where the mask is thickest. */
export function showIds(canvas: Canvas, masks: readonly Mask[], scale: number = digitScale(canvas)): void {
  for (const [i, mask] of masks.entries()) {
    const centre = innerPoint(mask);
    if (!centre) continue;
    const text = String(i + 1);
    const x = Math.round(centre[0] - (digitsWidth(text) * scale) / 2);
    const y = Math.round(centre[1] - (DIGIT_HEIGHT * scale) / 2);
    const halo = Math.max(1, Math.round(scale / 2));
    drawDigits(text, (dx, dy) =>
      fill(canvas, x + dx * scale - halo, y + dy * scale - halo, scale + 2 * halo, scale + 2 * halo, HALO),
    );
    drawDigits(text, (dx, dy) => fill(canvas, x + dx * scale, y + dy * scale, scale, scale, INK));
  }
}

/**
 * The picture with a legend at its right: for each entry the colour that `showAnns` gives it, its number, and its value, such as a
 * score. Columns are added until all fit.
 */
export function withLegend(
  canvas: Canvas,
  values: readonly number[],
  scale: number = digitScale(canvas),
): Canvas {
  const line = (DIGIT_HEIGHT + 5) * scale;
  const gap = 4 * scale;
  const rows = Math.max(1, Math.floor((canvas.height - 2 * gap) / line));
  const columns = Math.ceil(values.length / rows);
  const widest = digitsWidth(String(values.length)) * scale;
  const column = gap + line + widest + gap + digitsWidth('0.00') * scale + gap;
  const width = canvas.width + columns * column;
  const out = widen(canvas, width);
  for (const [i, value] of values.entries()) {
    const left = canvas.width + Math.floor(i / rows) * column + gap;
    const top = gap + (i % rows) * line;
    fill(out, left, top, line - gap, DIGIT_HEIGHT * scale, distinctColour(i));
    const write = (text: string, x: number) =>
      drawDigits(text, (dx, dy) => fill(out, x + dx * scale, top + dy * scale, scale, scale, TEXT));
    const number = String(i + 1);
    write(number, left + line + widest - digitsWidth(number) * scale);
    write(value.toFixed(2), left + line + widest + gap);
  }
  return out;
}

function digitScale({ width, height }: Canvas): number {
  return Math.max(1, Math.round(Math.max(width, height) / 700));
}

/** The picture at the left of a wider, white one. */
function widen({ height, width, channels, data }: Canvas, wider: number): Canvas {
  const out = new Uint8Array(wider * height * channels).fill(255);
  for (let y = 0; y < height; y++)
    out.set(data.subarray(y * width * channels, (y + 1) * width * channels), y * wider * channels);
  const canvas: Canvas = { width: wider, height, channels, data: out };
  fill(canvas, width, 0, wider - width, height, PAPER);
  return canvas;
}

function fill(
  { width, height, channels, data }: Canvas,
  x: number,
  y: number,
  w: number,
  h: number,
  colour: Rgb,
): void {
  for (let row = Math.max(0, y); row < Math.min(height, y + h); row++) {
    for (let column = Math.max(0, x); column < Math.min(width, x + w); column++) {
      const at = (row * width + column) * channels;
      data.set(colour, at);
      if (channels === 4) data[at + 3] = 255;
    }
  }
}
