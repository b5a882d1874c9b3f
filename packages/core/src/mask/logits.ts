import { type LogitAxis, planAxis, referenceLogit, TAPS } from './logit-axis.js';
import type { Mask } from './mask.js';

/**
 * How a low-resolution plane of logits maps to a picture: it covers a square frame, of which the picture fills the top
 * left `content`; beyond that is padding.
 */
export interface LogitGeometry {
  /** Side of the square plane of logits. */
  readonly side: number;
  /** Side of the network's square frame. */
  readonly frame: number;
  /** The part of the frame that the picture fills. */
  readonly content: { readonly width: number; readonly height: number };
  /** The picture's size. */
  readonly width: number;
  readonly height: number;
}

/** Both axes of an upscaling; plan once a picture, use for every mask of it. */
export interface LogitPlan {
  readonly geometry: LogitGeometry;
  readonly columns: LogitAxis;
  readonly rows: LogitAxis;
}

/**
 * Plans Segment Anything's `postprocess_masks`: bilinear (`align_corners=False`) to the frame, crop to the content,
 * bilinear to the picture. Both steps are linear and separable, so each axis is one sparse matrix, at most four taps a
 * row; the frame-sized planes in between are never made.
 */
export function planLogits(geometry: LogitGeometry): LogitPlan {
  const { side, frame, content, width, height } = geometry;
  return {
    geometry,
    columns: planAxis(side, frame, content.width, width),
    rows: planAxis(side, frame, content.height, height),
  };
}

/**
 * A result this near to a threshold, as a share of the plane's largest logit, may fall on its other side by rounding
 * alone; it is computed again, step by step, as PyTorch rounds.
 */
export const ROUNDING = 4e-6;

/** What {@link thresholdLogits} finds. */
export interface Thresholded {
  /** Where the logits are above the threshold. */
  readonly mask: Mask;
  /** `count(logits > threshold + offset) / count(logits > threshold − offset)`, NaN for 0 / 0. */
  readonly stability: number;
}

/**
 * Upscales one plane of logits and thresholds it (strictly above), only where it can be set. Every weight is positive
 * and they sum to 1, so a result above some value has a tap above it: where no tap is, nothing is computed.
 *
 * `offset` is that of the stability score (`calculate_stability_score`), measured in the same pass.
 */
export function thresholdLogits(
  plan: LogitPlan,
  logits: Float32Array,
  threshold: number,
  offset = 0,
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
  const [row, count] = [columns.to - columns.from, rows.to - rows.from];
  const data = new Uint8Array(row * count);
  const narrow = stretchRows(plan, logits, columns, rows);
  let [inner, outer] = [0, 0];
  for (let y = rows.from, to = 0; y < rows.to; y++) {
    const at = (plan.rows.starts[y]! - narrow.first) * row;
    const w = y * TAPS;
    const [a, b, c, d] = [0, 1, 2, 3].map((k) => plan.rows.weights[w + k]!) as [
      number,
      number,
      number,
      number,
    ];
    const { values } = narrow;
    for (let x = 0, i = at; x < row; x++, i++, to++) {
      let value = a * values[i]! + b * values[i + row]! + c * values[i + 2 * row]! + d * values[i + 3 * row]!;
      if (value <= surelyNot) continue;
      if (value >= surely) {
        inner++;
        outer++;
        data[to] = 1;
        continue;
      }
      if (isNear(value, threshold) || isNear(value, high) || isNear(value, lower)) {
        value = referenceLogit(plan, logits, columns.from + x, y);
      }
      if (value > lower) outer++;
      if (value > high) inner++;
      if (value > threshold) data[to] = 1;
    }
  }
  const bounds = { x0: columns.from, y0: rows.from, x1: columns.to, y1: rows.to };
  return { mask: { width, height, bounds, data }, stability: Math.fround(inner / outer) };
}

/** Upscales one plane of logits to the whole picture, `width × height`, row-major. */
export function upscaleLogits(plan: LogitPlan, logits: Float32Array): Float32Array {
  const { width, height } = plan.geometry;
  const rows = { from: 0, to: height };
  const narrow = stretchRows(plan, logits, { from: 0, to: width }, rows);
  const out = new Float32Array(width * height);
  for (let y = 0, to = 0; y < height; y++) {
    const at = (plan.rows.starts[y]! - narrow.first) * width;
    for (let x = 0; x < width; x++, to++) {
      let sum = 0;
      for (let k = 0; k < TAPS; k++)
        sum += plan.rows.weights[y * TAPS + k]! * narrow.values[at + x + k * width]!;
      out[to] = sum;
    }
  }
  return out;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The smallest bounds of a plane that holds every value above `low`, empty when there is none; and the largest |value|. */
export function occupied(
  logits: Float32Array,
  side: number,
  low: number,
): { bounds: Mask['bounds']; largest: number } {
  let [x0, y0, x1, y1, largest] = [side, side, 0, 0, 0];
  for (let y = 0, i = 0; y < side; y++) {
    for (let x = 0; x < side; x++, i++) {
      const value = logits[i]!;
      if (Math.abs(value) > largest) largest = Math.abs(value);
      if (!(value > low)) continue;
      if (x < x0) x0 = x;
      if (x >= x1) x1 = x + 1;
      if (y0 === side) y0 = y;
      y1 = y + 1;
    }
  }
  return { bounds: { x0, y0, x1, y1 }, largest };
}

/** The results that have a tap in `[from, to)`. Starts never decrease, so they are one range. */
function covering({ starts }: LogitAxis, from: number, to: number, length: number): Range {
  if (from >= to) return { from: 0, to: 0 };
  let first = 0;
  while (first < length && starts[first]! + TAPS <= from) first++;
  let last = length;
  while (last > first && starts[last - 1]! >= to) last--;
  return { from: first, to: last };
}

/** The rows of the plane that `rows` need, each stretched to `columns`. */
function stretchRows(
  plan: LogitPlan,
  logits: Float32Array,
  columns: Range,
  rows: Range,
): { first: number; values: Float32Array } {
  const { side } = plan.geometry;
  const { starts, weights } = plan.columns;
  const first = rows.from < rows.to ? plan.rows.starts[rows.from]! : 0;
  const last = rows.from < rows.to ? plan.rows.starts[rows.to - 1]! + TAPS : 0;
  const row = columns.to - columns.from;
  const values = new Float32Array(row * (last - first));
  for (let y = first, to = 0; y < last; y++) {
    for (let x = columns.from; x < columns.to; x++, to++) {
      const at = y * side + starts[x]!;
      const w = x * TAPS;
      values[to] =
        weights[w]! * logits[at]! +
        weights[w + 1]! * logits[at + 1]! +
        weights[w + 2]! * logits[at + 2]! +
        weights[w + 3]! * logits[at + 3]!;
    }
  }
  return { first, values };
}
