import { referenceLogit, TAPS } from './logit-axis.js';
import { covering, type LogitPlan, occupied, type Range, ROUNDING } from './logits.js';
import type { Mask } from './mask.js';

/** What {@link thresholdLogits} finds. */
export interface Thresholded {
  /** Where the logits are above the threshold. */
  readonly mask: Mask;
  /** `count(logits > threshold + offset) / count(logits > threshold − offset)`, NaN for 0 / 0. */
  readonly stability: number;
}

/**
 * Upscales one plane of logits and thresholds it (strictly above). Every weight is positive and they sum to 1, so a result lies
 * between the smallest and the largest of its taps: where those are on one side of every threshold nothing is computed, which leaves
 * the mask's edge.
 *
 * `offset` is that of the stability score (`calculate_stability_score`), measured in the same pass. `allocate` gives zeroed bytes for
 * the mask, such as {@link reusedBytes} for masks of which one at a time is looked at.
 */
export function thresholdLogits(
  plan: LogitPlan,
  logits: Float32Array,
  threshold: number,
  offset = 0,
  allocate: (length: number) => Uint8Array = (length) => new Uint8Array(length),
): Thresholded {
  const { side, width, height } = plan.geometry;
  const [high, lower] = [threshold + offset, threshold - offset];
  const { bounds: seen, largest } = occupied(logits, side, Math.min(threshold, high, lower));
  const doubt = largest * ROUNDING;
  const isNear = (value: number, level: number) => Math.abs(value - level) < doubt;
  const surelyNot = Math.min(threshold, high, lower) - doubt;
  const surely = Math.max(threshold, high, lower) + doubt;
  const columns = covering(plan.columns, seen.x0, seen.x1, width);
  const rows = covering(plan.rows, seen.y0, seen.y1, height);
  const row = columns.to - columns.from;
  const data = allocate(row * (rows.to - rows.from));
  const blocks = classify(plan, logits, columns, rows, surelyNot, surely);
  // The four plane rows that a result is mixed from, stretched to the columns, where there is an edge.
  const stretched = new Float32Array(TAPS * row);
  let [inner, outer] = [0, 0];
  let spans: readonly Span[] = [];
  for (let y = rows.from, line = 0; y < rows.to; y++, line += row) {
    const start = plan.rows.starts[y]!;
    if (y === rows.from || start !== plan.rows.starts[y - 1]) {
      spans = spansOf(plan, blocks, columns, start);
      for (const span of spans)
        if (span.state === EDGE) stretch(plan, logits, columns, start, span, stretched);
    }
    const w = y * TAPS;
    const a = plan.rows.weights[w]!;
    const b = plan.rows.weights[w + 1]!;
    const c = plan.rows.weights[w + 2]!;
    const d = plan.rows.weights[w + 3]!;
    const isBetweenTwo = c === 0 && d === 0;
    for (const { from, to, state } of spans) {
      if (state === INSIDE) {
        data.fill(1, line + from, line + to);
        inner += to - from;
        outer += to - from;
        continue;
      }
      for (let x = from; x < to; x++) {
        let value = a * stretched[x]! + b * stretched[x + row]!;
        if (!isBetweenTwo) value += c * stretched[x + 2 * row]! + d * stretched[x + 3 * row]!;
        if (value <= surelyNot) continue;
        if (value >= surely) {
          inner++;
          outer++;
          data[line + x] = 1;
          continue;
        }
        if (isNear(value, threshold) || isNear(value, high) || isNear(value, lower)) {
          value = referenceLogit(plan, logits, columns.from + x, y);
        }
        if (value > lower) outer++;
        if (value > high) inner++;
        if (value > threshold) data[line + x] = 1;
      }
    }
  }
  const bounds = { x0: columns.from, y0: rows.from, x1: columns.to, y1: rows.to };
  return { mask: { width, height, bounds, data }, stability: Math.fround(inner / outer) };
}

const [OUTSIDE, INSIDE, EDGE] = [0, 1, 2] as const;

/** For each 4×4 square of samples that results are mixed from, by its top left: whether all of them are in, out, or neither. */
interface Blocks {
  readonly left: number;
  readonly top: number;
  readonly across: number;
  readonly states: Uint8Array;
}

function classify(
  { geometry: { side }, columns: { starts: xs }, rows: { starts: ys } }: LogitPlan,
  logits: Float32Array,
  columns: Range,
  rows: Range,
  surelyNot: number,
  surely: number,
): Blocks {
  if (columns.from === columns.to || rows.from === rows.to) {
    return { left: 0, top: 0, across: 0, states: new Uint8Array() };
  }
  const [left, top] = [xs[columns.from]!, ys[rows.from]!];
  const across = xs[columns.to - 1]! - left + 1;
  const down = ys[rows.to - 1]! - top + 1;
  const most = new Float32Array((down + TAPS - 1) * across);
  const least = new Float32Array(most.length);
  for (let y = 0, to = 0; y < down + TAPS - 1; y++) {
    for (let x = 0, at = (top + y) * side + left; x < across; x++, at++, to++) {
      const [p, q, r, s] = [logits[at]!, logits[at + 1]!, logits[at + 2]!, logits[at + 3]!];
      most[to] = Math.max(p, q, r, s);
      least[to] = Math.min(p, q, r, s);
    }
  }
  const states = new Uint8Array(down * across);
  for (let i = 0; i < states.length; i++) {
    const [j, k, l] = [i + across, i + 2 * across, i + 3 * across];
    if (Math.max(most[i]!, most[j]!, most[k]!, most[l]!) <= surelyNot) states[i] = OUTSIDE;
    else states[i] = Math.min(least[i]!, least[j]!, least[k]!, least[l]!) >= surely ? INSIDE : EDGE;
  }
  return { left, top, across, states };
}

/** A run of columns, counted from the first that may be set, that are all inside or all to be computed. */
interface Span extends Range {
  readonly state: typeof INSIDE | typeof EDGE;
}

/** The runs of one row of blocks; what is outside is left out. */
function spansOf({ columns: { starts } }: LogitPlan, blocks: Blocks, columns: Range, start: number): Span[] {
  const spans: Span[] = [];
  const line = (start - blocks.top) * blocks.across - blocks.left;
  for (let x = columns.from; x < columns.to; ) {
    const state = blocks.states[line + starts[x]!]!;
    const from = x;
    while (x < columns.to && blocks.states[line + starts[x]!] === state) x++;
    if (state !== OUTSIDE)
      spans.push({
        from: from - columns.from,
        to: x - columns.from,
        state: state === INSIDE ? INSIDE : EDGE,
      });
  }
  return spans;
}

function stretch(
  { geometry: { side }, columns: { starts, weights } }: LogitPlan,
  logits: Float32Array,
  columns: Range,
  start: number,
  { from, to }: Span,
  out: Float32Array,
): void {
  const row = columns.to - columns.from;
  for (let k = 0; k < TAPS; k++) {
    for (let x = from; x < to; x++) {
      const column = columns.from + x;
      const at = (start + k) * side + starts[column]!;
      const w = column * TAPS;
      out[k * row + x] =
        weights[w]! * logits[at]! +
        weights[w + 1]! * logits[at + 1]! +
        weights[w + 2]! * logits[at + 2]! +
        weights[w + 3]! * logits[at + 3]!;
    }
  }
}

/** Zeroed bytes that are the same memory at every call: what was given before is overwritten. */
export function reusedBytes(): (length: number) => Uint8Array {
  let memory = new Uint8Array();
  return (length) => {
    if (memory.length < length) memory = new Uint8Array(length);
    return memory.subarray(0, length).fill(0);
  };
}
