import { labelRegions } from '../mask/regions.js';
import type { CellMaps } from './predict-cells.js';
import { seedCells } from './seed-cells.js';

/** Probability, of interior and border together, from which a pixel is part of a cell. */
const CELL = 0.7;

/** One number a pixel: 1… the cell it is part of, 0 for none. */
export interface CellLabels {
  readonly labels: Int32Array;
  readonly count: number;
}

/**
 * Tells cells apart: seeds grow, all at once, a pixel a step to the left,
 * right, up and down, into what is part of a cell; where two meet, the later one wins. What no seed reaches is a cell of
 * its own. Cells of fewer than `smallest` pixels are dropped.
 */
export function labelCells(maps: CellMaps, width: number, height: number, smallest: number): CellLabels {
  const { interior, border } = maps;
  const cell = new Uint8Array(interior.length);
  for (let i = 0; i < interior.length; i++) {
    if (Math.fround(interior[i]! + border[i]!) >= Math.fround(CELL)) cell[i] = 1;
  }
  const { labels, areas } = seedCells(maps, width, height);
  grow(labels, cell, width, height);
  for (let i = 0; i < cell.length; i++) if (labels[i] !== 0) cell[i] = 0;
  const rest = labelRegions(cell, width, height, 1);
  const grown = areas.length - 1;
  for (let i = 0; i < labels.length; i++) if (rest.labels[i] !== 0) labels[i] = grown + rest.labels[i]!;
  return { labels, count: dropSmall(labels, grown + rest.areas.length - 1, smallest) };
}

/** Spreads labels over `cell`, front by front. */
function grow(labels: Int32Array, cell: Uint8Array, width: number, height: number): void {
  const pending = new Int32Array(labels.length);
  let front: number[] = [];
  for (let i = 0; i < labels.length; i++) if (labels[i] !== 0) front.push(i);
  while (front.length > 0) {
    const next: number[] = [];
    const offer = (to: number, label: number) => {
      if (cell[to] === 0 || labels[to] !== 0) return;
      if (pending[to] === 0) next.push(to);
      if (label > pending[to]!) pending[to] = label;
    };
    for (const i of front) {
      const [x, label] = [i % width, labels[i]!];
      if (x > 0) offer(i - 1, label);
      if (x < width - 1) offer(i + 1, label);
      if (i >= width) offer(i - width, label);
      if (i < width * (height - 1)) offer(i + width, label);
    }
    for (const i of next) labels[i] = pending[i]!;
    front = next;
  }
}

/** Numbers what is large enough anew, 1…, and gives how many they are. */
function dropSmall(labels: Int32Array, count: number, smallest: number): number {
  const areas = new Int32Array(count + 1);
  for (let i = 0; i < labels.length; i++) areas[labels[i]!]!++;
  const numbers = new Int32Array(count + 1);
  let kept = 0;
  for (let label = 1; label <= count; label++) if (areas[label]! >= smallest) numbers[label] = ++kept;
  for (let i = 0; i < labels.length; i++) labels[i] = numbers[labels[i]!]!;
  return kept;
}
