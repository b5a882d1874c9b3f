import type { Mask } from './mask.js';

/** COCO's uncompressed run lengths: down the columns, first a run of zeros (maybe empty), then ones, in turn. */
export interface RunLengths {
  /** Height, width. */
  readonly size: readonly [number, number];
  readonly counts: readonly number[];
}

/** COCO's compressed run lengths: the same, as text. */
export interface CocoRle {
  readonly size: readonly [number, number];
  readonly counts: string;
}

/** A mask's run lengths. */
export function encodeRle({ width, height, bounds, data }: Mask): RunLengths {
  const counts: number[] = [];
  const row = bounds.x1 - bounds.x0;
  let current = 0;
  // Zeros before the bounds's first column, and between the bottom of one column and the top of the next.
  let run = bounds.x0 * height + bounds.y0;
  const gap = height - (bounds.y1 - bounds.y0);
  for (let x = 0; x < row; x++) {
    if (x > 0 && gap > 0) {
      if (current === 1) {
        counts.push(run);
        run = 0;
        current = 0;
      }
      run += gap;
    }
    for (let at = x; at < data.length; at += row) {
      const value = data[at]!;
      if (value === current) run++;
      else {
        counts.push(run);
        run = 1;
        current = value;
      }
    }
  }
  const rest = height * width - counts.reduce((sum, count) => sum + count, 0) - run;
  if (current === 0) run += rest;
  counts.push(run);
  if (current === 1 && rest > 0) counts.push(rest);
  return { size: [height, width], counts };
}

/** The mask of run lengths, held in the smallest bounds. Throws `RangeError` when they do not add up to the size. */
export function decodeRle({ size: [height, width], counts }: RunLengths): Mask {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total !== width * height || counts.some((count) => count < 0)) {
    throw new RangeError(`run lengths add up to ${total}, not to ${width}×${height} = ${width * height}`);
  }
  const bounds = windowOfRuns(counts, width, height);
  const row = bounds.x1 - bounds.x0;
  const data = new Uint8Array(row * (bounds.y1 - bounds.y0));
  eachColumnRun(counts, height, (x, y0, y1) => {
    for (let y = y0; y < y1; y++) data[(y - bounds.y0) * row + x - bounds.x0] = 1;
  });
  return { width, height, bounds, data };
}

function windowOfRuns(counts: readonly number[], width: number, height: number): Mask['bounds'] {
  let [x0, y0, x1, y1] = [width, height, 0, 0];
  eachColumnRun(counts, height, (x, from, to) => {
    x0 = Math.min(x0, x);
    x1 = Math.max(x1, x + 1);
    y0 = Math.min(y0, from);
    y1 = Math.max(y1, to);
  });
  return x1 === 0 ? { x0: 0, y0: 0, x1: 0, y1: 0 } : { x0, y0, x1, y1 };
}

/** Calls `visit` for each stretch of ones, cut where it goes on into the next column. */
function eachColumnRun(
  counts: readonly number[],
  height: number,
  visit: (x: number, y0: number, y1: number) => void,
): void {
  let at = 0;
  counts.forEach((count, i) => {
    const end = at + count;
    while (i % 2 === 1 && at < end) {
      const x = Math.floor(at / height);
      const stop = Math.min(end, (x + 1) * height);
      visit(x, at - x * height, stop - x * height);
      at = stop;
    }
    at = end;
  });
}

/** How many pixels run lengths set. */
export function areaOfRle({ counts }: RunLengths): number {
  return counts.reduce((sum, count, i) => sum + (i % 2) * count, 0);
}

/** Run lengths inside a larger picture, moved right by `x` and down by `y`. */
export function placeRle(
  { size: [inner], counts }: RunLengths,
  width: number,
  height: number,
  x: number,
  y: number,
): RunLengths {
  const placed: number[] = [];
  let end = 0;
  eachColumnRun(counts, inner, (column, y0, y1) => {
    const from = (x + column) * height + y + y0;
    // What fills a column of the picture goes on at the top of the next.
    if (from === end && end > 0) placed[placed.length - 1]! += y1 - y0;
    else placed.push(from - end, y1 - y0);
    end = from + y1 - y0;
  });
  const rest = width * height - end;
  if (rest > 0) placed.push(rest);
  return { size: [height, width], counts: placed };
}

const ZERO = 48;
/** Groups of five bits that a count takes at most. */
const MOST_GROUPS = 7;
const CHUNK = 8192;

/**
 * Run lengths as COCO's text: each count, from the fourth on less the one two before, in groups of five bits, lowest
 * first, a sixth bit saying that more follow, from character 48 on (`rleToString` of cocoapi's maskApi.c).
 */
export function compressRle({ size, counts }: RunLengths): CocoRle {
  const codes = new Uint8Array(counts.length * MOST_GROUPS);
  let length = 0;
  counts.forEach((count, i) => {
    let value = i > 2 ? count - counts[i - 2]! : count;
    for (let more = true; more; ) {
      const group = value & 31;
      value >>= 5;
      more = group & 16 ? value !== -1 : value !== 0;
      codes[length++] = ZERO + (more ? group | 32 : group);
    }
  });
  // A call takes a limited number of arguments.
  let text = '';
  for (let at = 0; at < length; at += CHUNK)
    text += String.fromCharCode(...codes.subarray(at, Math.min(length, at + CHUNK)));
  return { size, counts: text };
}

/** The run lengths of COCO's text. Throws `RangeError` on text that breaks off or holds other characters. */
export function expandRle({ size, counts: text }: CocoRle): RunLengths {
  const counts: number[] = [];
  for (let at = 0; at < text.length; ) {
    let value = 0;
    let shift = 0;
    let group = 32;
    for (; group & 32; shift += 5) {
      group = text.charCodeAt(at++) - ZERO;
      if (!(group >= 0 && group < 64))
        throw new RangeError(`not COCO run lengths: character ${at} of "${text}"`);
      value |= (group & 31) << shift;
    }
    if (group & 16) value |= -1 << shift;
    counts.push(counts.length > 2 ? value + counts[counts.length - 2]! : value);
  }
  return { size, counts };
}
