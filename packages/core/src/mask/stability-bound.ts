import type { LogitGroups } from './logit-axis.js';
import { type LogitPlan, occupied, ROUNDING } from './logits.js';

/** How many blocks a bound looks at, at most: it pays where pictures have many more pixels. */
export function blocksOf({ columns, rows }: LogitPlan): number {
  return columns.groups.first.length * rows.groups.first.length;
}

/**
 * More than which the stability of a mask at its full size cannot be, from its small logits alone; infinity where they do not tell.
 *
 * A result is a mean of the samples that it is mixed from, so it is above `threshold + offset` only if their largest is, and surely
 * above `threshold − offset` if their smallest is. Counting the first over the second bounds the stability from above. Whatever a
 * rounding could tip counts against the bound, so that leaving out what it excludes never changes a result.
 */
export function stabilityBound(
  { geometry: { side }, columns: { groups: across }, rows: { groups: down } }: LogitPlan,
  logits: Float32Array,
  threshold: number,
  offset: number,
): number {
  const [high, lower] = [threshold + offset, threshold - offset];
  const { bounds, largest } = occupied(logits, side, Math.min(high, lower));
  const doubt = largest * ROUNDING;
  const columns = within(across, bounds.x0, bounds.x1);
  const rows = within(down, bounds.y0, bounds.y1);
  if (columns.length === 0 || rows.length === 0) return Number.POSITIVE_INFINITY;
  const top = down.first[rows[0]!]!;
  const bottom = down.last[rows[rows.length - 1]!]!;
  const width = columns.length;
  const largestOf = new Float32Array((bottom - top + 1) * width);
  const smallestOf = new Float32Array(largestOf.length);
  for (let y = top, to = 0; y <= bottom; y++) {
    for (const g of columns) {
      let [most, least] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
      for (let x = across.first[g]!; x <= across.last[g]!; x++) {
        const value = logits[y * side + x]!;
        if (value > most) most = value;
        if (value < least) least = value;
      }
      largestOf[to] = most;
      smallestOf[to++] = least;
    }
  }
  let [inner, outer] = [0, 0];
  for (const r of rows) {
    const [from, to] = [down.first[r]! - top, down.last[r]! - top];
    for (let c = 0; c < width; c++) {
      let [most, least] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
      for (let y = from; y <= to; y++) {
        const at = y * width + c;
        if (largestOf[at]! > most) most = largestOf[at]!;
        if (smallestOf[at]! < least) least = smallestOf[at]!;
      }
      const pixels = sizeOf(down, r) * sizeOf(across, columns[c]!);
      if (most > high - doubt) inner += pixels;
      if (least > lower + doubt) outer += pixels;
    }
  }
  return outer > 0 ? inner / outer : Number.POSITIVE_INFINITY;
}

/** The groups that touch samples `[from, to)`, in order. */
function within({ first, last }: LogitGroups, from: number, to: number): number[] {
  return [...first.keys()].filter((g) => last[g]! >= from && first[g]! < to);
}

function sizeOf({ from }: LogitGroups, group: number): number {
  return from[group + 1]! - from[group]!;
}
