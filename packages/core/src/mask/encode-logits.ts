import { referenceLogit, TAPS } from './logit-axis.js';
import { type LogitPlan, occupied, ROUNDING } from './logits.js';
import type { RunLengths } from './rle.js';

/** What a sample, or a group of results that are mixed from several, is: all in the mask, all out of it, or neither for sure. */
const [INSIDE, OUTSIDE] = [1, 2] as const;
const EDGE = INSIDE | OUTSIDE;

/**
 * The run lengths of the mask that `thresholdLogits` makes of a plane of logits, to the pixel, without the mask: only where its edge
 * may cross a column are pixels looked at. At 12 megapixels that is a hundredth of them, and no byte is written for any.
 */
export function encodeLogits(plan: LogitPlan, logits: Float32Array, threshold = 0): RunLengths {
  const { width, height, side, frame } = plan.geometry;
  const { columns, rows } = plan;
  const { first, last, from } = rows.groups;
  const [xs, across, ys, down] = [columns.starts, columns.weights, rows.starts, rows.weights];
  const doubt = occupied(logits, side, threshold).largest * ROUNDING;
  const [surelyNot, surely] = [threshold - doubt, threshold + doubt];
  const isSteady = frame >= side;
  const tall = statesDown(plan, logits, surelyNot, surely);
  const runs = runList();
  /** Samples of the plane's rows, stretched to one column, and the column that each is of: neighbouring groups share them. */
  const column = new Float64Array(side);
  const columnOf = new Int32Array(side).fill(-1);

  /** The result at `y`, from the samples of the column that its group is mixed from. */
  const valueAt = (y: number, group: number) => {
    const w = y * TAPS - ys[y]!;
    let value = 0;
    for (let k = first[group]!; k <= last[group]!; k++) value += down[w + k]! * column[k]!;
    return value;
  };
  const addEdge = (x: number, group: number) => {
    const [top, bottom] = [from[group]!, from[group + 1]!];
    for (let y = first[group]!; y <= last[group]!; y++) {
      if (columnOf[y] === x) continue;
      columnOf[y] = x;
      const [at, w] = [y * side + xs[x]!, x * TAPS];
      column[y] =
        across[w]! * logits[at]! +
        across[w + 1]! * logits[at + 1]! +
        across[w + 2]! * logits[at + 2]! +
        across[w + 3]! * logits[at + 3]!;
    }
    if (isSteady) {
      const upper = valueAt(top, group);
      const lower = valueAt(bottom - 1, group);
      if (upper > surely && lower > surely) return runs.add(1, bottom - top);
      if (upper <= surelyNot && lower <= surelyNot) return runs.add(0, bottom - top);
    }
    for (let y = top; y < bottom; y++) {
      let value = valueAt(y, group);
      if (value > surelyNot && value <= surely) value = referenceLogit(plan, logits, x, y);
      runs.add(value > threshold ? 1 : 0, 1);
    }
  };

  for (let g = 0; g < columns.groups.first.length; g++) {
    const stretches = stretchesOf(plan, tall, g);
    for (let x = columns.groups.from[g]!; x < columns.groups.from[g + 1]!; x++) {
      for (const { state, length, group } of stretches) {
        if (state === EDGE) addEdge(x, group);
        else runs.add(state === INSIDE ? 1 : 0, length);
      }
    }
  }
  return { size: [height, width], counts: runs.end() };
}

/** For each column of samples, down it, what the groups of rows are there: `[side, groups]`. */
function statesDown(
  { geometry: { side }, rows: { groups } }: LogitPlan,
  logits: Float32Array,
  surelyNot: number,
  surely: number,
): Uint8Array {
  const down = groups.first.length;
  const states = new Uint8Array(side * down);
  const seen = new Uint8Array(side * side);
  for (let y = 0, at = 0; y < side; y++) {
    for (let x = 0; x < side; x++, at++) {
      const value = logits[at]!;
      seen[x * side + y] = value > surely ? INSIDE : value <= surelyNot ? OUTSIDE : EDGE;
    }
  }
  for (let x = 0, to = 0; x < side; x++) {
    for (let g = 0; g < down; g++, to++) {
      for (let y = groups.first[g]!; y <= groups.last[g]!; y++) states[to]! |= seen[x * side + y]!;
    }
  }
  return states;
}

/** Neighbouring groups of rows that are all inside or all outside, or one that has an edge. */
interface Stretch {
  readonly state: number;
  length: number;
  readonly group: number;
}

/** What the columns of one group have from top to bottom. */
function stretchesOf({ columns, rows }: LogitPlan, tall: Uint8Array, group: number): Stretch[] {
  const down = rows.groups.first.length;
  const stretches: Stretch[] = [];
  for (let g = 0; g < down; g++) {
    let state = 0;
    for (let x = columns.groups.first[group]!; x <= columns.groups.last[group]!; x++)
      state |= tall[x * down + g]!;
    const length = rows.groups.from[g + 1]! - rows.groups.from[g]!;
    const last = stretches.at(-1);
    if (last && state !== EDGE && last.state === state) last.length += length;
    else stretches.push({ state, length, group: g });
  }
  return stretches;
}

/** Counts that grow run by run, zeros first; runs of the same value become one. */
function runList(): { add(value: 0 | 1, length: number): void; end(): number[] } {
  const counts: number[] = [];
  let current = 0;
  let run = 0;
  return {
    add(value, length) {
      if (value !== current) {
        counts.push(run);
        run = 0;
        current = value;
      }
      run += length;
    },
    end: () => [...counts, run],
  };
}
