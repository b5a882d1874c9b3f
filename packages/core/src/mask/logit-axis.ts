import type { LogitPlan } from './logits.js';

/** Source samples that one result takes at most along one axis. */
export const TAPS = 4;

/** One axis of the upscaling: result `i` is the sum over `j < TAPS` of `weights[i·TAPS + j] · source[starts[i] + j]`. */
export interface LogitAxis {
  readonly starts: Int32Array;
  readonly weights: Float32Array;
  readonly groups: LogitGroups;
}

/**
 * Neighbouring results that are mixed from the same samples: group `g` is of the results `from[g] ≤ i < from[g + 1]` and the samples
 * `first[g] … last[g]`. Where the frame has no fewer pixels than the plane has samples, results go steadily from one end of a group
 * to the other, whatever the samples: they lie on a line, or between two samples.
 */
export interface LogitGroups {
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly from: Int32Array;
}

/** The two samples between which a result lies, and the share of the second. */
interface Between {
  readonly low: number;
  readonly high: number;
  readonly part: number;
}

/** From a plane of `side` to a frame, of which `content` is kept, to `length` pixels: two bilinear steps as one. */
export function planAxis(side: number, frame: number, content: number, length: number): LogitAxis {
  const starts = new Int32Array(length);
  const weights = new Float32Array(length * TAPS);
  for (let i = 0; i < length; i++) {
    const outer = between(i, content, length);
    const first = between(outer.low, side, frame);
    // The last tap may lie beyond the plane's end, with weight 0: start where four taps fit.
    const start = Math.max(0, Math.min(first.low, side - TAPS));
    const add = (mid: number, share: number) => {
      const inner = between(mid, side, frame);
      weights[i * TAPS + inner.low - start]! += share * (1 - inner.part);
      weights[i * TAPS + inner.high - start]! += share * inner.part;
    };
    add(outer.low, 1 - outer.part);
    add(outer.high, outer.part);
    starts[i] = start;
  }
  return { starts, weights, groups: groupsOf(starts, weights) };
}

function groupsOf(starts: Int32Array, weights: Float32Array): LogitGroups {
  const [first, last, from]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < starts.length; i++) {
    let [low, high] = [0, TAPS - 1];
    while (weights[i * TAPS + low] === 0) low++;
    while (weights[i * TAPS + high] === 0) high--;
    low += starts[i]!;
    high += starts[i]!;
    if (low === first.at(-1) && high === last.at(-1)) continue;
    first.push(low);
    last.push(high);
    from.push(i);
  }
  from.push(starts.length);
  return { first: Int32Array.from(first), last: Int32Array.from(last), from: Int32Array.from(from) };
}

/** In single precision with fused multiply-add, as PyTorch computes it on a CPU. */
function between(i: number, from: number, to: number): Between {
  const scale = Math.fround(from / to);
  const at = Math.max(0, Math.fround(scale * (i + 0.5) - 0.5));
  const low = Math.min(from - 1, Math.floor(at));
  return { low, high: Math.min(from - 1, low + 1), part: Math.fround(at - low) };
}

/** One upscaled logit with every rounding that PyTorch's two `interpolate` calls make, to the last bit. */
export function referenceLogit({ geometry }: LogitPlan, logits: Float32Array, x: number, y: number): number {
  const { side, frame, content, width, height } = geometry;
  const inFrame = (column: number, row: number) =>
    blend(between(column, side, frame), between(row, side, frame), (c, r) => logits[r * side + c]!);
  return blend(between(x, content.width, width), between(y, content.height, height), inFrame);
}

function blend(column: Between, row: Between, at: (column: number, row: number) => number): number {
  const along = (r: number) => mix(at(column.low, r), at(column.high, r), column.part);
  return mix(along(row.low), along(row.high), row.part);
}

/** `fma(a, 1 − part, b · part)`: a product of two singles is exact in double precision. */
function mix(a: number, b: number, part: number): number {
  return Math.fround(a * Math.fround(1 - part) + Math.fround(b * part));
}
