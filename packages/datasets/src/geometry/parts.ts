import { type Mask, type Ring, ringArea, simplifyRing, traceContours } from '@cutkit/core';
import type { Part } from '../model/shape.js';

/**
 * A mask's outlines, each with the holes inside of it. Exact at `tolerance` 0; above, no corner is dropped that lies
 * farther than that many pixels from the line that stays.
 */
export function partsOfMask(mask: Mask, tolerance: number = 0): Part[] {
  return nest(traceContours(mask)).map(({ outline, holes }) => ({
    outline: simplifyRing(outline, tolerance),
    holes: holes.map((hole) => simplifyRing(hole, tolerance)),
  }));
}

/** Sorts rings into outlines (clockwise on screen, area above 0) and the holes (counter-clockwise) inside of them. */
export function nest(rings: readonly Ring[]): Part[] {
  const outlines = rings
    .filter((ring) => ringArea(ring) > 0)
    .map((outline) => ({ outline, holes: [] as Ring[] }));
  const bySize = [...outlines].sort((a, b) => ringArea(a.outline) - ringArea(b.outline));
  for (const hole of rings.filter((ring) => ringArea(ring) <= 0)) {
    const [x, y] = justInside(hole);
    const owner = bySize.find(({ outline }) => contains(outline, x, y));
    if (owner) owner.holes.push(hole);
    // A hole of nothing is a part that was drawn the other way round.
    else outlines.push({ outline: reversed(hole), holes: [] });
  }
  return outlines;
}

/** The ring in the other direction. */
function reversed(ring: Ring): Ring {
  return Array.from({ length: ring.length }, (_, i) => ring[ring.length - 2 - i + 2 * (i % 2)]!);
}

/** A point beside the middle of the first side, on the ring's inner side: never on another outline's corner. */
function justInside(hole: Ring): [x: number, y: number] {
  const [x0, y0, x1, y1] = hole as [number, number, number, number];
  const length = Math.hypot(x1 - x0, y1 - y0) || 1;
  const off = Math.min(0.5, length / 4);
  return [(x0 + x1) / 2 + ((y1 - y0) / length) * off, (y0 + y1) / 2 - ((x1 - x0) / length) * off];
}

/** Whether a point lies in a ring, by the even-odd rule. */
function contains(ring: Ring, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [xi, yi, xj, yj] = [ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}
