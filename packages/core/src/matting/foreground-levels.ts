import type { Alpha, Raster } from '../types.js';
import type { Field } from './foreground-solve.js';

/** Size of one level of the pyramid. */
export interface Level {
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
  if (steps === 0) return [{ width, height }];
  return Array.from({ length: steps + 1 }, (_, i) => ({
    width: Math.round(width ** (i / steps)),
    height: Math.round(height ** (i / steps)),
  }));
}

/** Fills `field`'s image and alpha with the window `at` of `level`, by nearest sampling of the full picture. */
export function sample(image: Raster, alpha: Alpha, level: Level, at: Window, field: Field): void {
  const { data, channels, width } = image;
  for (let y = at.y0, i = 0; y < at.y1; y++) {
    const row = Math.floor((y * image.height) / level.height) * width;
    for (let x = at.x0; x < at.x1; x++, i++) {
      const from = row + Math.floor((x * width) / level.width);
      field.alpha[i] = alpha.data[from]! / 255;
      field.image[i * 3] = data[from * channels]!;
      field.image[i * 3 + 1] = data[from * channels + 1]!;
      field.image[i * 3 + 2] = data[from * channels + 2]!;
    }
  }
}

/** Starts the window `at` of `level` from the solution `coarse` of the window `coarseAt` one level below (nearest). */
export function refine(
  coarse: Field,
  coarseLevel: Level,
  coarseAt: Window,
  level: Level,
  at: Window,
  field: Field,
): void {
  for (let y = at.y0, i = 0; y < at.y1; y++) {
    const row = (Math.floor((y * coarseLevel.height) / level.height) - coarseAt.y0) * coarse.width;
    for (let x = at.x0; x < at.x1; x++, i++) {
      const from = (row + Math.floor((x * coarseLevel.width) / level.width) - coarseAt.x0) * 3;
      for (let c = 0; c < 3; c++) {
        field.foreground[i * 3 + c] = coarse.foreground[from + c]!;
        field.background[i * 3 + c] = coarse.background[from + c]!;
      }
    }
  }
}

/** The window of `coarse` from which {@link refine} reads for `at`, widened by `margin` and clipped. */
export function parentWindow(level: Level, at: Window, coarse: Level, margin: number): Window {
  const x = (value: number) => Math.floor((value * coarse.width) / level.width);
  const y = (value: number) => Math.floor((value * coarse.height) / level.height);
  return {
    x0: Math.max(0, x(at.x0) - margin),
    y0: Math.max(0, y(at.y0) - margin),
    x1: Math.min(coarse.width, x(at.x1 - 1) + 1 + margin),
    y1: Math.min(coarse.height, y(at.y1 - 1) + 1 + margin),
  };
}
