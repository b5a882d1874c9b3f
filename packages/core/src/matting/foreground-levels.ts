import type { Alpha, Raster } from '../types.js';
import type { Field } from './foreground-solve.js';

/** One level of the pyramid: its size, and where its columns lie in the picture and in the level below (nearest). */
export interface Level {
  readonly width: number;
  readonly height: number;
  readonly inPicture: Int32Array;
  readonly inCoarser: Int32Array;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A half-open window of a level. */
export interface Window {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Level sizes from 1×1 to the image's, growing geometrically, about doubling (Germer et al. 2020, section 3). */
export function planLevels(width: number, height: number): Level[] {
  const steps = Math.ceil(Math.log2(Math.max(width, height)));
  const grown = (side: number, i: number) => (steps === 0 ? side : Math.round(side ** (i / steps)));
  return Array.from({ length: steps + 1 }, (_, i) => ({
    width: grown(width, i),
    height: grown(height, i),
    inPicture: nearestColumns(grown(width, i), width),
    inCoarser: nearestColumns(grown(width, i), i === 0 ? 1 : grown(width, i - 1)),
  }));
}

function nearestColumns(from: number, to: number): Int32Array {
  return Int32Array.from({ length: from }, (_, x) => Math.floor((x * to) / from));
}

/** Fills `field`'s image and alpha with the window `at` of `level`, by nearest sampling of the full picture. */
export function sample(image: Raster, alpha: Alpha, level: Level, at: Window, field: Field): void {
  const { data, channels, width } = image;
  const { inPicture } = level;
  for (let y = at.y0, i = 0; y < at.y1; y++) {
    const row = Math.floor((y * image.height) / level.height) * width;
    for (let x = at.x0; x < at.x1; x++, i++) {
      const from = row + inPicture[x]!;
      field.alpha[i] = alpha.data[from]! / 255;
      field.image[i * 3] = data[from * channels]!;
      field.image[i * 3 + 1] = data[from * channels + 1]!;
      field.image[i * 3 + 2] = data[from * channels + 2]!;
    }
  }
}

/**
 * Starts the window `at` of `level` from the solution `coarse` of the window `coarseAt` one level below (nearest), which
 * has `coarseHeight` rows in all.
 */
export function refine(
  coarse: Field,
  coarseAt: Window,
  coarseHeight: number,
  level: Level,
  at: Window,
  field: Field,
): void {
  const { foreground, background } = field;
  const { inCoarser } = level;
  for (let y = at.y0, to = 0; y < at.y1; y++) {
    const row = (Math.floor((y * coarseHeight) / level.height) - coarseAt.y0) * coarse.width - coarseAt.x0;
    for (let x = at.x0; x < at.x1; x++, to += 3) {
      const from = (row + inCoarser[x]!) * 3;
      foreground[to] = coarse.foreground[from]!;
      foreground[to + 1] = coarse.foreground[from + 1]!;
      foreground[to + 2] = coarse.foreground[from + 2]!;
      background[to] = coarse.background[from]!;
      background[to + 1] = coarse.background[from + 1]!;
      background[to + 2] = coarse.background[from + 2]!;
    }
  }
}

/** The window of `coarse` from which {@link refine} reads for `at`, widened by `margin` and clipped. */
export function parentWindow(level: Size, at: Window, coarse: Size, margin: number): Window {
  const x = (value: number) => Math.floor((value * coarse.width) / level.width);
  const y = (value: number) => Math.floor((value * coarse.height) / level.height);
  return {
    x0: Math.max(0, x(at.x0) - margin),
    y0: Math.max(0, y(at.y0) - margin),
    x1: Math.min(coarse.width, x(at.x1 - 1) + 1 + margin),
    y1: Math.min(coarse.height, y(at.y1 - 1) + 1 + margin),
  };
}
