import type { Alpha, Raster } from '../types.js';
import { type Level, parentWindow, planLevels, refine, sample, type Window } from './foreground-levels.js';
import { createField, type Field, solve } from './foreground-solve.js';
import { softBlocks } from './soft-blocks.js';

/** Levels up to this many pixels are solved whole; above it only blocks with soft pixels are. */
const DENSE_PIXELS = 1 << 18;
/** Side of a block of the finest level. */
const BLOCK = 32;
/** Extra pixels around a window, so that its border conditions do not reach what is kept. */
const MARGIN = 4;
/** Gauss–Seidel sweeps on levels of at most SMALL_SIZE a side, and on larger ones. */
const SMALL_SIZE = 32;
const SMALL_ITERATIONS = 10;
const BIG_ITERATIONS = 2;

/**
 * Estimates the subject's own colour under soft alpha, so that a cut-out carries no halo of its old background
 * (multi-level foreground estimation, Germer et al. 2020, with pymatting's parameters).
 *
 * `image` is RGB or RGBA (its alpha is not read), `alpha` of the same size. The colours of soft pixels are written into
 * `out`, RGB or RGBA, which else is a copy of the image's colours; where alpha is 0 or 255 there is nothing to estimate.
 *
 * Up to {@link DENSE_PIXELS} this is the published algorithm. Above, only blocks that hold a soft pixel are refined,
 * each through its own small windows of the finer levels: soft edges are a few per cent of a photo, windows stay in
 * the processor's cache, and no level larger than the dense one is ever stored. Solving all of the fine levels was the
 * other design; on 12 megapixels it takes 576 MB and seconds.
 */
export function estimateForeground(image: Raster, alpha: Alpha, out: Raster = coloursOf(image)): Raster {
  const { width, height } = image;
  if (alpha.width !== width || alpha.height !== height) {
    throw new RangeError(`image is ${width}×${height} but alpha is ${alpha.width}×${alpha.height}`);
  }
  const levels = planLevels(width, height);
  const last = levels.length - 1;
  const dense = levels.findLastIndex((level) => level.width * level.height <= DENSE_PIXELS);
  const blocks = softBlocks(alpha, BLOCK);
  if (blocks.length === 0) return out;
  const base = solveDense(image, alpha, levels.slice(0, dense + 1));
  if (dense === last) {
    keep(base, whole(base), whole(base), alpha, out);
    return out;
  }
  const chain = levels.slice(dense);
  const scratch = chain.map(() => createField((BLOCK + 4 * MARGIN) ** 2));
  for (const block of blocks) solveBlock(image, alpha, chain, base, scratch, block, out);
  return out;
}

function coloursOf({ width, height, channels, data }: Raster): Raster {
  if (channels === 3) return { width, height, channels, data: data.slice() };
  const out = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < out.length; from += channels, to += 3) {
    out[to] = data[from]!;
    out[to + 1] = data[from + 1]!;
    out[to + 2] = data[from + 2]!;
  }
  return { width, height, channels: 3, data: out };
}

function solveDense(image: Raster, alpha: Alpha, levels: readonly Level[]): Field {
  let coarse = meanColours(image, alpha);
  for (const level of levels) {
    const { width, height } = level;
    const field: Field = { width, height, ...createField(width * height) };
    const at = whole(level);
    sample(image, alpha, level, at, field);
    refine(coarse, whole(coarse), coarse.height, level, at, field);
    solve(field, iterationsFor(level));
    coarse = field;
  }
  return coarse;
}

/** Refines one block from the dense base level to the finest, through one window a level, and keeps its result. */
function solveBlock(
  image: Raster,
  alpha: Alpha,
  chain: readonly Level[],
  base: Field,
  scratch: readonly Omit<Field, 'width' | 'height'>[],
  block: Window,
  out: Raster,
): void {
  const windows: Window[] = [];
  let wanted = parentWindow(out, block, out, MARGIN);
  for (let i = chain.length - 1; i > 0; i--) {
    windows[i] = wanted;
    wanted = parentWindow(chain[i]!, wanted, chain[i - 1]!, MARGIN);
  }
  windows[0] = whole(base);
  let coarse = base;
  for (let i = 1; i < chain.length; i++) {
    const [level, at, coarseLevel, coarseAt] = [chain[i]!, windows[i]!, chain[i - 1]!, windows[i - 1]!];
    const field: Field = { width: at.x1 - at.x0, height: at.y1 - at.y0, ...scratch[i]! };
    sample(image, alpha, level, at, field);
    refine(coarse, coarseAt, coarseLevel.height, level, at, field);
    solve(field, BIG_ITERATIONS);
    coarse = field;
  }
  keep(coarse, windows[chain.length - 1]!, block, alpha, out);
}

/** Writes the solved colours of the soft pixels of `part`; `field` covers `at`. */
function keep(field: Field, at: Window, part: Window, alpha: Alpha, out: Raster): void {
  const { foreground } = field;
  for (let y = part.y0; y < part.y1; y++) {
    for (let x = part.x0; x < part.x1; x++) {
      const to = y * out.width + x;
      const a = alpha.data[to]!;
      if (a === 0 || a === 255) continue;
      const from = ((y - at.y0) * field.width + x - at.x0) * 3;
      for (let c = 0; c < 3; c++) out.data[to * out.channels + c] = foreground[from + c]! + 0.5;
    }
  }
}

/** The mean colour of what is surely subject (alpha > 0.9) and surely background (< 0.1), as a 1×1 field. */
function meanColours(image: Raster, alpha: Alpha): Field {
  const field: Field = { width: 1, height: 1, ...createField(1) };
  accumulate(image, alpha, 230, 255, field.foreground);
  accumulate(image, alpha, 0, 25, field.background);
  return field;
}

function accumulate(
  { data, channels }: Raster,
  alpha: Alpha,
  low: number,
  high: number,
  mean: Float32Array,
): void {
  const pixels = alpha.data.length;
  // The mean only starts the iteration on the 1×1 level: a sample of the pixels is as good as all.
  const stride = Math.max(1, Math.floor(pixels / DENSE_PIXELS));
  let count = 1e-5;
  const sum = [0, 0, 0];
  for (let i = 0; i < pixels; i += stride) {
    if (alpha.data[i]! < low || alpha.data[i]! > high) continue;
    count++;
    for (let c = 0; c < 3; c++) sum[c]! += data[i * channels + c]!;
  }
  for (let c = 0; c < 3; c++) mean[c] = sum[c]! / count;
}

function whole({ width, height }: Field | Level): Window {
  return { x0: 0, y0: 0, x1: width, y1: height };
}

function iterationsFor({ width, height }: Level): number {
  return width <= SMALL_SIZE && height <= SMALL_SIZE ? SMALL_ITERATIONS : BIG_ITERATIONS;
}
