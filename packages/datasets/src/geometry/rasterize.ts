import type { Ring, RunLengths } from '@cutkit/core';

/** Steps a pixel along an outline, as in the reference. */
const SCALE = 5;

/**
 * The pixels inside a ring, exactly those of pycocotools' `frPyObjects` (`rleFrPoly` of cocoapi's maskApi.c): the
 * outline is walked in fifths of a pixel, each crossing of a column's centre line becomes a place where the column's
 * value flips, and the sorted places are the run lengths. Even-odd, so bridges of no width cancel.
 */
export function rleOfRing(ring: Ring, width: number, height: number): RunLengths {
  const flips: number[] = [];
  const corners = ring.length >> 1;
  for (let i = 0; i < corners; i++) {
    const j = (i + 1) % corners;
    walk(upscale(ring[i * 2]!), upscale(ring[i * 2 + 1]!), upscale(ring[j * 2]!), upscale(ring[j * 2 + 1]!));
  }
  return runsOfFlips(flips, width, height);

  /** One side of the ring; each step along the x axis may cross a column's centre. */
  function walk(x0: number, y0: number, x1: number, y1: number): void {
    const [dx, dy] = [Math.abs(x1 - x0), Math.abs(y1 - y0)];
    if (dx === 0) return;
    const steep = dx < dy;
    const turned = steep ? y0 > y1 : x0 > x1;
    const [xs, ys, xe, ye] = turned ? [x1, y1, x0, y0] : [x0, y0, x1, y1];
    const steps = steep ? dy : dx;
    const slope = (steep ? xe - xs : ye - ys) / steps;
    let [u, v] = [xs, ys];
    for (let t = 1; t <= steps; t++) {
      const nextU = steep ? Math.trunc(xs + slope * t + 0.5) : xs + t;
      const nextV = steep ? ys + t : Math.trunc(ys + slope * t + 0.5);
      // The same crossing whichever way the side is walked, so the two ways along a bridge cancel.
      if (nextU !== u) cross(Math.min(u, nextU), Math.min(v, nextV));
      [u, v] = [nextU, nextV];
    }
  }

  function cross(u: number, v: number): void {
    const x = (u + 0.5) / SCALE - 0.5;
    if (x !== Math.floor(x) || x < 0 || x > width - 1) return;
    const y = Math.ceil(Math.min(height, Math.max(0, (v + 0.5) / SCALE - 0.5)));
    flips.push(x * height + y);
  }
}

function upscale(value: number): number {
  return Math.trunc(SCALE * value + 0.5);
}

/** Places where the value flips, in any order, as run lengths; two flips at one place cancel. */
function runsOfFlips(flips: readonly number[], width: number, height: number): RunLengths {
  const places = Float64Array.from(flips).sort();
  const gaps = [...places, width * height].map((place, i) => place - (i === 0 ? 0 : places[i - 1]!));
  const counts = [gaps[0]!];
  for (let i = 1; i < gaps.length; i++) {
    if (gaps[i]! > 0) counts.push(gaps[i]!);
    // Off and on again at once: the run before goes on.
    else if (++i < gaps.length) counts[counts.length - 1]! += gaps[i]!;
  }
  return { size: [height, width], counts };
}
