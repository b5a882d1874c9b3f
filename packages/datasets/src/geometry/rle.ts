import type { RunLengths } from '@cutkit/core';
import type { Box } from '../model/shape.js';

/** Run lengths of nothing. */
export function emptyRle(width: number, height: number): RunLengths {
  return { size: [height, width], counts: [width * height] };
}

/** Pixels in either, as pycocotools' `merge`. Both must have the same size. */
export function union(a: RunLengths, b: RunLengths): RunLengths {
  return combine(a, b, (inA, inB) => inA || inB);
}

/** Pixels in both, as pycocotools' `merge(intersect=True)`. */
export function intersection(a: RunLengths, b: RunLengths): RunLengths {
  return combine(a, b, (inA, inB) => inA && inB);
}

/** Pixels of `a` that are not in `b`. */
export function difference(a: RunLengths, b: RunLengths): RunLengths {
  return combine(a, b, (inA, inB) => inA && !inB);
}

function combine(a: RunLengths, b: RunLengths, keep: (inA: boolean, inB: boolean) => boolean): RunLengths {
  const counts: number[] = [];
  let [value, run] = [false, 0];
  walkTogether(a, b, (inA, inB, length) => {
    const next = keep(inA, inB);
    if (next !== value) {
      counts.push(run);
      run = 0;
      value = next;
    }
    run += length;
  });
  counts.push(run);
  return { size: a.size, counts };
}

/** Calls `visit` for each stretch over which neither mask changes. */
function walkTogether(
  a: RunLengths,
  b: RunLengths,
  visit: (inA: boolean, inB: boolean, length: number) => void,
): void {
  if (a.size[0] !== b.size[0] || a.size[1] !== b.size[1]) {
    throw new RangeError(
      `masks of ${a.size.join('×')} and ${b.size.join('×')} (height×width) do not compare`,
    );
  }
  let [i, j] = [0, 0];
  let [left, right] = [a.counts[0] ?? 0, b.counts[0] ?? 0];
  while (i < a.counts.length && j < b.counts.length) {
    const length = Math.min(left, right);
    if (length > 0) visit(i % 2 === 1, j % 2 === 1, length);
    left -= length;
    right -= length;
    if (left === 0) left = a.counts[++i] ?? 0;
    if (right === 0) right = b.counts[++j] ?? 0;
  }
}

/** How many pixels two masks share. */
export function sharedArea(a: RunLengths, b: RunLengths): number {
  let area = 0;
  walkTogether(a, b, (inA, inB, length) => {
    if (inA && inB) area += length;
  });
  return area;
}

/** The smallest box around what is set, as pycocotools' `toBbox`; all 0 when nothing is. */
export function boxOfRle({ size: [height], counts }: RunLengths): Box {
  let [x0, y0, x1, y1, at] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0, 0];
  counts.forEach((count, i) => {
    if (i % 2 === 1 && count > 0) {
      const [first, last] = [Math.floor(at / height), Math.floor((at + count - 1) / height)];
      x0 = Math.min(x0, first);
      x1 = Math.max(x1, last + 1);
      // A run that goes on into the next column touches the bottom of one and the top of the other.
      y0 = Math.min(y0, first === last ? at % height : 0);
      y1 = Math.max(y1, first === last ? ((at + count - 1) % height) + 1 : height);
    }
    at += count;
  });
  return x1 === 0 ? [0, 0, 0, 0] : [x0, y0, x1 - x0, y1 - y0];
}
