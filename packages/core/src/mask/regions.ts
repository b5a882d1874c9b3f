import { type Mask, maskOf, pixelsOf } from './mask.js';

/** Which regions {@link removeSmallRegions} acts on. */
export type RegionKind = 'holes' | 'islands';

/** Regions of one value of a mask. */
export interface Regions {
  /** For each pixel of the plane, 1… the region's number, 0 for the other value. */
  readonly labels: Int32Array;
  /** Pixels of each region; index 0 is unused. */
  readonly areas: readonly number[];
}

/**
 * The 8-connected regions of the pixels of `plane` (`width × height`, row-major) that equal `value`, numbered by their
 * first pixel in reading order. Union-find over one scan, then one relabelling.
 */
export function labelRegions(plane: Uint8Array, width: number, height: number, value: 0 | 1): Regions {
  const labels = new Int32Array(plane.length);
  const parents: number[] = [0];
  const find = (label: number): number => {
    let root = label;
    while (parents[root] !== root) root = parents[root]!;
    for (let at = label; at !== root; ) {
      const next = parents[at]!;
      parents[at] = root;
      at = next;
    }
    return root;
  };
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (plane[i] !== value) continue;
      let label = x > 0 ? labels[i - 1]! : 0;
      if (y > 0) {
        const above = i - width;
        for (const near of [
          x > 0 ? labels[above - 1]! : 0,
          labels[above]!,
          x < width - 1 ? labels[above + 1]! : 0,
        ]) {
          if (near === 0 || near === label) continue;
          if (label === 0) label = near;
          else {
            const [a, b] = [find(label), find(near)];
            if (a < b) parents[b] = a;
            else parents[a] = b;
          }
        }
      }
      if (label === 0) {
        label = parents.length;
        parents.push(label);
      }
      labels[i] = label;
    }
  }
  return compact(
    labels,
    parents.map((_, label) => find(label)),
  );
}

function compact(labels: Int32Array, roots: readonly number[]): Regions {
  const numbers = new Int32Array(roots.length);
  const areas: number[] = [0];
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === 0) continue;
    const root = roots[labels[i]!]!;
    if (numbers[root] === 0) {
      numbers[root] = areas.length;
      areas.push(0);
    }
    const number = numbers[root]!;
    labels[i] = number;
    areas[number]!++;
  }
  return { labels, areas };
}

/**
 * Fills holes, or drops islands, of fewer than `area` pixels. Where every island is that small, the largest stays. What
 * lies outside the mask counts as one more hole, as in Segment Anything's `remove_small_regions`: were all of it smaller
 * than `area`, it would be filled too.
 */
export function removeSmallRegions(
  mask: Mask,
  area: number,
  kind: RegionKind,
): { mask: Mask; changed: boolean } {
  const grown = kind === 'holes' ? withRim(mask) : mask;
  const { bounds, data } = grown;
  const { labels, areas } = labelRegions(
    data,
    bounds.x1 - bounds.x0,
    bounds.y1 - bounds.y0,
    kind === 'holes' ? 0 : 1,
  );
  const beyond = kind === 'holes' ? strips(grown) : [];
  const sizes = [...areas];
  for (const { corner, pixels } of beyond) sizes[labels[corner]!]! += pixels;
  const small = sizes.map((size, label) => label > 0 && size < area);
  if (!small.includes(true)) return { mask, changed: false };
  if (beyond.some(({ corner }) => small[labels[corner]!])) {
    return removeSmallRegions(maskOf(mask.width, mask.height, pixelsOf(mask)), area, kind);
  }
  if (kind === 'islands' && !small.includes(false, 1))
    small[sizes.indexOf(Math.max(...sizes.slice(1)))] = false;
  const edited = data.slice();
  for (let i = 0; i < edited.length; i++) if (small[labels[i]!]) edited[i] = kind === 'holes' ? 1 : 0;
  return { mask: { ...grown, data: edited }, changed: true };
}

/** The mask in bounds one pixel wider where the picture has room: a rim of zeros that leads to what lies beyond. */
function withRim(mask: Mask): Mask {
  const { width, height, bounds, data } = mask;
  const grown = {
    x0: Math.max(0, bounds.x0 - 1),
    y0: Math.max(0, bounds.y0 - 1),
    x1: Math.min(width, bounds.x1 + 1),
    y1: Math.min(height, bounds.y1 + 1),
  };
  const [row, from] = [grown.x1 - grown.x0, bounds.x1 - bounds.x0];
  const out = new Uint8Array(row * (grown.y1 - grown.y0));
  for (let y = bounds.y0; y < bounds.y1; y++) {
    const start = (y - bounds.y0) * from;
    out.set(data.subarray(start, start + from), (y - grown.y0) * row + bounds.x0 - grown.x0);
  }
  return { width, height, bounds: grown, data: out };
}

/** What lies beyond each side of bounds with a rim: how many pixels, and a pixel of the rim that they join. */
function strips({ width, height, bounds }: Mask): { corner: number; pixels: number }[] {
  const { x0, y0, x1, y1 } = bounds;
  const [row, rows] = [x1 - x0, y1 - y0];
  return [
    { corner: 0, pixels: y0 * width },
    { corner: 0, pixels: x0 * rows },
    { corner: row - 1, pixels: (width - x1) * rows },
    { corner: (rows - 1) * row, pixels: (height - y1) * width },
  ].filter(({ pixels }) => pixels > 0);
}
