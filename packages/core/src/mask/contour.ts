import type { Mask } from './mask.js';

/** Corners x0, y0, x1, y1, … of a closed line in image coordinates: pixel (0, 0) spans 0 to 1. */
export type Ring = readonly number[];

/** Steps to the right, down, left, up. */
const DX = [1, 0, -1, 0] as const;
const DY = [0, 1, 0, -1] as const;
/** Turns to try at a corner: left first, which joins pixels that touch only at a corner; then straight on, then right. */
const TURNS = [3, 0, 1] as const;

/**
 * The exact outlines of a mask along its pixels' edges: clockwise around what is set, counter-clockwise around holes, so
 * that the signed areas ({@link ringArea}) sum to the mask's area. Regions are 8-connected.
 */
export function traceContours(mask: Mask): Ring[] {
  const { bounds } = mask;
  const width = bounds.x1 - bounds.x0 + 1;
  const edges = edgesOf(mask, width, bounds.y1 - bounds.y0 + 1);
  const rings: Ring[] = [];
  for (let start = 0; start < edges.length; start++) {
    // Every ring has a step to the right at its top, every hole one at its bottom.
    while (edges[start]! & 1) rings.push(follow(edges, width, start, bounds.x0, bounds.y0));
  }
  return rings;
}

/** For each corner of the pixel grid, a bit for each direction in which an outline leaves it, the mask on its right. */
function edgesOf({ data }: Mask, width: number, height: number): Uint8Array {
  const edges = new Uint8Array(width * height);
  const row = width - 1;
  const last = height - 2;
  for (let y = 0, at = 0; y <= last; y++) {
    for (let x = 0; x < row; x++, at++) {
      if (data[at] !== 1) continue;
      const corner = y * width + x;
      if (y === 0 || data[at - row] !== 1) edges[corner]! |= 1;
      if (x === row - 1 || data[at + 1] !== 1) edges[corner + 1]! |= 2;
      if (y === last || data[at + row] !== 1) edges[corner + width + 1]! |= 4;
      if (x === 0 || data[at - 1] !== 1) edges[corner + width]! |= 8;
    }
  }
  return edges;
}

function follow(edges: Uint8Array, width: number, start: number, x0: number, y0: number): Ring {
  const ring: number[] = [];
  for (let [at, direction] = [start, 0]; ; ) {
    edges[at]! &= ~(1 << direction);
    at += DX[direction]! + DY[direction]! * width;
    const turn = TURNS.find((one) => edges[at]! & (1 << ((direction + one) % 4)));
    // Only where the ring began is no edge left to take; it turns there into its first step, to the right.
    const next = turn === undefined ? 0 : (direction + turn) % 4;
    if (next !== direction) ring.push(x0 + (at % width), y0 + Math.floor(at / width));
    if (turn === undefined) return ring;
    direction = next;
  }
}

/** The area inside, by the shoelace formula: positive for outlines, negative for holes. */
export function ringArea(ring: Ring): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const next = (i + 2) % ring.length;
    sum += ring[i]! * ring[next + 1]! - ring[next]! * ring[i + 1]!;
  }
  return sum / 2;
}

/**
 * A ring with fewer corners, none of the dropped ones farther than `tolerance` pixels from it (Douglas and Peucker 1973,
 * from two corners far apart). Rings that would collapse stay as they are.
 */
export function simplifyRing(ring: Ring, tolerance: number): Ring {
  const count = ring.length / 2;
  if (count <= 4 || tolerance <= 0) return ring;
  const keep = new Uint8Array(count);
  const far = farthest(ring, 0, 0, count, 0).index;
  keep[0] = 1;
  keep[far] = 1;
  const stack: [number, number][] = [
    [0, far],
    [far, count],
  ];
  for (let span = stack.pop(); span; span = stack.pop()) {
    const [from, to] = span;
    const { index, squared } = farthest(ring, from, from, to, to % count);
    if (squared <= tolerance * tolerance) continue;
    keep[index] = 1;
    stack.push([from, index], [index, to]);
  }
  const simple: number[] = [];
  for (let i = 0; i < count; i++) if (keep[i] === 1) simple.push(ring[i * 2]!, ring[i * 2 + 1]!);
  return simple.length >= 6 ? simple : ring;
}

/** Of corners strictly between `from` and `to`, the one farthest from the segment between corners `a` and `b`, and its distance squared. */
function farthest(
  ring: Ring,
  a: number,
  from: number,
  to: number,
  b: number,
): { index: number; squared: number } {
  const [ax, ay] = [ring[a * 2]!, ring[a * 2 + 1]!];
  const [dx, dy] = [ring[b * 2]! - ax, ring[b * 2 + 1]! - ay];
  const length = dx * dx + dy * dy;
  let index = from;
  let squared = -1;
  for (let i = from + 1; i < to; i++) {
    const px = ring[i * 2]! - ax;
    const py = ring[i * 2 + 1]! - ay;
    const along = length === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length));
    const offX = px - along * dx;
    const offY = py - along * dy;
    const off = offX * offX + offY * offY;
    if (off > squared) {
      index = i;
      squared = off;
    }
  }
  return { index, squared };
}

/**
 * All rings as one, for formats that know neither holes nor parts: each is joined to the first by a bridge of no width
 * between the two nearest corners.
 */
export function joinRings(rings: readonly Ring[]): Ring {
  const [first = [], ...others] = [...rings].sort((a, b) => Math.abs(ringArea(b)) - Math.abs(ringArea(a)));
  return others.reduce<number[]>((joined, ring) => bridge(joined, ring), [...first]);
}

function bridge(joined: readonly number[], ring: Ring): number[] {
  let [best, at, from] = [Number.POSITIVE_INFINITY, 0, 0];
  for (let i = 0; i < joined.length; i += 2) {
    for (let j = 0; j < ring.length; j += 2) {
      const distance = (joined[i]! - ring[j]!) ** 2 + (joined[i + 1]! - ring[j + 1]!) ** 2;
      if (distance < best) [best, at, from] = [distance, i, j];
    }
  }
  const turned = [...ring.slice(from), ...ring.slice(0, from), ring[from]!, ring[from + 1]!];
  return [...joined.slice(0, at + 2), ...turned, ...joined.slice(at)];
}
