import { decodeRle } from '../mask/rle.js';
import type { Candidate } from './candidates.js';
import type { Crop } from './crops.js';
import type { PointGrid } from './options.js';

/** Every so many points along each side are asked first. */
const STRIDE = 4;
/** Masks over a larger share of the crop are ground rather than things: what lies on them is still asked for. */
const GROUND = 0.1;

/** A square grid's points in two turns: an even sixteenth of them, and the rest. Other grids have one turn. */
export function splitGrid(grid: PointGrid): { first: PointGrid; rest: PointGrid } {
  const side = Math.round(Math.sqrt(grid.length));
  if (side * side !== grid.length || side < 2 * STRIDE) return { first: grid, rest: [] };
  const isFirst = (i: number) =>
    (i % side) % STRIDE === STRIDE >> 1 && Math.floor(i / side) % STRIDE === STRIDE >> 1;
  return { first: grid.filter((_, i) => isFirst(i)), rest: grid.filter((_, i) => !isFirst(i)) };
}

/** The points of `grid` that lie on none of the candidates' masks, large ones aside. */
export function uncovered(
  grid: PointGrid,
  candidates: readonly Candidate[],
  { x0, y0, x1, y1 }: Crop,
): PointGrid {
  const [width, height] = [x1 - x0, y1 - y0];
  const covered = new Uint8Array(width * height);
  for (const { rle, area } of candidates) {
    if (area > GROUND * width * height) continue;
    const { bounds, data } = decodeRle(rle);
    const row = bounds.x1 - bounds.x0;
    for (let i = 0; i < data.length; i++) {
      if (data[i] === 1)
        covered[(bounds.y0 - y0 + Math.floor(i / row)) * width + bounds.x0 - x0 + (i % row)] = 1;
    }
  }
  return grid.filter(([x, y]) => {
    const [column, row] = [
      Math.min(width - 1, Math.floor(x * width)),
      Math.min(height - 1, Math.floor(y * height)),
    ];
    return covered[row * width + column] === 0;
  });
}
