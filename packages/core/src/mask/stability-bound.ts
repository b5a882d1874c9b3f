import { type LogitAxis, TAPS } from './logit-axis.js';
import { type LogitPlan, occupied, ROUNDING } from './logits.js';

/** Results along one axis that are mixed from the same samples `first…last` of the plane, and how many they are. */
interface Groups {
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly counts: Int32Array;
}

/** Both axes of a plan, grouped; make it once a picture. */
export interface BoundPlan {
  readonly side: number;
  readonly columns: Groups;
  readonly rows: Groups;
}

/** Prepares {@link stabilityBound} for the planes of one picture. */
export function planBound({ geometry, columns, rows }: LogitPlan): BoundPlan {
  return { side: geometry.side, columns: groupsOf(columns), rows: groupsOf(rows) };
}

/** How many blocks a bound looks at, at most: it pays where pictures have many more pixels. */
export function blocksOf({ columns, rows }: BoundPlan): number {
  return columns.counts.length * rows.counts.length;
}

/**
 * More than which the stability of a mask at its full size cannot be, from its small logits alone; infinity where they do not tell.
 *
 * A result is a mean of the samples that it is mixed from, so it is above `threshold + offset` only if their largest is, and surely
 * above `threshold − offset` if their smallest is. Counting the first over the second bounds the stability from above. Whatever a
 * rounding could tip counts against the bound, so that leaving out what it excludes never changes a result.
 */
export function stabilityBound(
  plan: BoundPlan,
  logits: Float32Array,
  threshold: number,
  offset: number,
): number {
  const { side } = plan;
  const [high, lower] = [threshold + offset, threshold - offset];
  const { bounds, largest } = occupied(logits, side, Math.min(high, lower));
  const doubt = largest * ROUNDING;
  const columns = within(plan.columns, bounds.x0, bounds.x1);
  const rows = within(plan.rows, bounds.y0, bounds.y1);
  if (columns.length === 0 || rows.length === 0) return Number.POSITIVE_INFINITY;
  const top = plan.rows.first[rows[0]!]!;
  const bottom = plan.rows.last[rows[rows.length - 1]!]!;
  const width = columns.length;
  const largestOf = new Float32Array((bottom - top + 1) * width);
  const smallestOf = new Float32Array(largestOf.length);
  for (let y = top, to = 0; y <= bottom; y++) {
    for (const g of columns) {
      let [most, least] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
      for (let x = plan.columns.first[g]!; x <= plan.columns.last[g]!; x++) {
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
    const [from, to] = [plan.rows.first[r]! - top, plan.rows.last[r]! - top];
    for (let c = 0; c < width; c++) {
      let [most, least] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
      for (let y = from; y <= to; y++) {
        const at = y * width + c;
        if (largestOf[at]! > most) most = largestOf[at]!;
        if (smallestOf[at]! < least) least = smallestOf[at]!;
      }
      const pixels = plan.rows.counts[r]! * plan.columns.counts[columns[c]!]!;
      if (most > high - doubt) inner += pixels;
      if (least > lower + doubt) outer += pixels;
    }
  }
  return outer > 0 ? inner / outer : Number.POSITIVE_INFINITY;
}

/** The groups that touch samples `[from, to)`, in order. */
function within({ first, last }: Groups, from: number, to: number): number[] {
  return [...first.keys()].filter((g) => last[g]! >= from && first[g]! < to);
}

function groupsOf({ starts, weights }: LogitAxis): Groups {
  const groups: [first: number, last: number, count: number][] = [];
  for (let i = 0; i < starts.length; i++) {
    const used = [0, 1, 2, 3].filter((k) => weights[i * TAPS + k]! > 0);
    const [first, last] = [starts[i]! + used[0]!, starts[i]! + used[used.length - 1]!];
    const previous = groups[groups.length - 1];
    if (previous && previous[0] === first && previous[1] === last) previous[2]++;
    else groups.push([first, last, 1]);
  }
  const column = (k: 0 | 1 | 2) => Int32Array.from(groups, (group) => group[k]);
  return { first: column(0), last: column(1), counts: column(2) };
}
