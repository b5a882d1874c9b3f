import { decodeRle, type RunLengths } from '@cutkit/core';
import type { EditorState } from './editor-state.js';
import type { Viewport } from './viewport.js';

/** Colours of what is shown over a picture. Each mark has a light and a dark part, so that it is seen on anything. */
const ACCENT = '#0d99ff';
const REMOVE = '#f24822';
const HOVER = [13, 153, 255, 110] as const;
const CHECK = 8;

/** What is on the stage besides the state: a box that is being drawn, a stroke, the keyboard's cross. */
export interface Marks {
  readonly drag: readonly [x0: number, y0: number, x1: number, y1: number] | undefined;
  readonly stroke: readonly (readonly [number, number])[];
  readonly cursor: readonly [x: number, y: number] | undefined;
  readonly showCursor: boolean;
}

/** Draws the stage: the picture, what is cut of it, and all marks. Coordinates of marks are picture pixels. */
export function paintStage(
  context: CanvasRenderingContext2D,
  state: EditorState,
  view: Viewport,
  marks: Marks,
): void {
  const { canvas } = context;
  const ratio = devicePixelRatio;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  const { bitmap, opened, preview } = state;
  if (!bitmap || !opened) return;
  const [width, height] = [opened.width * view.scale, opened.height * view.scale];
  if (preview) {
    checker(context, view.x, view.y, width, height);
    context.globalAlpha = 0.22;
  }
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, view.x, view.y, width, height);
  context.globalAlpha = 1;
  if (preview)
    context.drawImage(sheetOf(preview.width, preview.height, preview.data), view.x, view.y, width, height);
  if (state.hover) context.drawImage(tinted(state.hover), view.x, view.y, width, height);
  paintMarks(context, state, view, marks);
}

function paintMarks(
  context: CanvasRenderingContext2D,
  state: EditorState,
  view: Viewport,
  marks: Marks,
): void {
  const { opened, points, box, tool, brush } = state;
  const unit = opened!.width / opened!.preview.width;
  const at = (x: number, y: number) => [x * view.scale + view.x, y * view.scale + view.y] as const;
  const drag = marks.drag ?? (box ? box.map((value) => value * unit) : undefined);
  if (drag) {
    const [x0, y0] = at(drag[0]!, drag[1]!);
    const [x1, y1] = at(drag[2]!, drag[3]!);
    twice(context, () => context.strokeRect(x0, y0, x1 - x0, y1 - y0));
  }
  for (const { x, y, label } of points) {
    const [px, py] = at(x * unit, y * unit);
    context.beginPath();
    context.arc(px, py, 7, 0, Math.PI * 2);
    context.fillStyle = label === 1 ? ACCENT : REMOVE;
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = '#fff';
    context.stroke();
    context.beginPath();
    context.moveTo(px - 3, py);
    context.lineTo(px + 3, py);
    if (label === 1) {
      context.moveTo(px, py - 3);
      context.lineTo(px, py + 3);
    }
    context.stroke();
  }
  if (marks.stroke.length > 0) {
    context.beginPath();
    for (const [x, y] of marks.stroke) context.lineTo(...at(x, y));
    context.lineWidth = brush * 2 * view.scale;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.strokeStyle = tool === 'erase' ? 'rgb(242 72 34 / 0.5)' : 'rgb(13 153 255 / 0.5)';
    context.stroke();
  }
  if (!marks.cursor || !(marks.showCursor || tool === 'restore' || tool === 'erase')) return;
  const [cx, cy] = at(...marks.cursor);
  const reach = tool === 'restore' || tool === 'erase' ? brush * view.scale : 12;
  twice(context, () => {
    context.beginPath();
    context.arc(cx, cy, reach, 0, Math.PI * 2);
    if (marks.showCursor) {
      context.moveTo(cx - reach - 6, cy);
      context.lineTo(cx + reach + 6, cy);
      context.moveTo(cx, cy - reach - 6);
      context.lineTo(cx, cy + reach + 6);
    }
    context.stroke();
  });
}

/** A dark line under a light one. */
function twice(context: CanvasRenderingContext2D, stroke: () => void): void {
  context.lineWidth = 3;
  context.strokeStyle = 'rgb(0 0 0 / 0.6)';
  stroke();
  context.lineWidth = 1.5;
  context.strokeStyle = '#fff';
  stroke();
}

function checker(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.fillStyle = '#ffffff';
  context.fillRect(x, y, width, height);
  context.fillStyle = '#d9d9d9';
  for (let row = 0; row * CHECK < height; row++) {
    for (let column = row % 2; column * CHECK < width; column += 2) {
      context.fillRect(x + column * CHECK, y + row * CHECK, CHECK, CHECK);
    }
  }
  context.restore();
}

const tints = new WeakMap<RunLengths, OffscreenCanvas>();

function tinted(rle: RunLengths): OffscreenCanvas {
  const known = tints.get(rle);
  if (known) return known;
  const { width, height, bounds, data } = decodeRle(rle);
  const pixels = new Uint8Array(width * height * 4);
  const row = bounds.x1 - bounds.x0;
  for (let i = 0; i < data.length; i++) {
    if (data[i] === 0) continue;
    const at = (bounds.y0 + Math.floor(i / row)) * width + bounds.x0 + (i % row);
    pixels.set(HOVER, at * 4);
  }
  const sheet = sheetOf(width, height, pixels);
  tints.set(rle, sheet);
  return sheet;
}

const sheets = new WeakMap<Uint8Array, OffscreenCanvas>();

/** Pixels as a canvas, made once. */
function sheetOf(width: number, height: number, data: Uint8Array): OffscreenCanvas {
  const known = sheets.get(data);
  if (known) return known;
  const canvas = new OffscreenCanvas(width, height);
  const view = new Uint8ClampedArray(data.buffer as ArrayBuffer, data.byteOffset, data.length);
  canvas.getContext('2d')!.putImageData(new ImageData(view, width, height), 0, 0);
  sheets.set(data, canvas);
  return canvas;
}
