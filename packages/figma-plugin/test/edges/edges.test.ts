import type { Alpha } from '@cutkit/core';
import { describe, expect, it } from 'vitest';
import { blur } from '../../src/edges/blur.js';
import { paintStrokes } from '../../src/edges/brush.js';
import { PLAIN_EDGES } from '../../src/edges/edges.js';
import { finishEdges } from '../../src/edges/finish-edges.js';
import { shiftEdge } from '../../src/edges/shift-edge.js';

const SIDE = 64;

/** A disc in the middle, with a hole and a speck when asked for. */
function disc(radius = 20, { hole = 0, speck = 0 } = {}): Alpha {
  const data = new Uint8Array(SIDE * SIDE);
  const fill = (cx: number, cy: number, r: number, value: number) => {
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++)
        if (Math.hypot(x + 0.5 - cx, y + 0.5 - cy) < r) data[y * SIDE + x] = value;
  };
  fill(32, 32, radius, 255);
  fill(32, 32, hole, 0);
  fill(4, 4, speck, 255);
  return { width: SIDE, height: SIDE, channels: 1, data };
}
const area = ({ data }: Pick<Alpha, 'data'>) => [...data].reduce((sum, value) => sum + value, 0) / 255;

describe('edges', () => {
  it('plain edges change nothing', () => {
    expect([...finishEdges(disc(), PLAIN_EDGES).data]).toEqual([...disc().data]);
  });

  it('feather keeps the sum, the middle and the outside, and softens between', () => {
    const soft = finishEdges(disc(), { ...PLAIN_EDGES, feather: 3 });
    expect(area(soft) / area(disc())).toBeCloseTo(1, 1);
    expect(soft.data[32 * SIDE + 32]).toBe(255);
    expect(soft.data[0]).toBe(0);
    expect(soft.data[32 * SIDE + 52]!).toBeGreaterThan(60);
    expect(soft.data[32 * SIDE + 52]!).toBeLessThan(195);
  });

  it.each([-6, -1, 1, 6])('shift by %i moves the edge by about as much', (pixels) => {
    const moved = finishEdges(disc(), { ...PLAIN_EDGES, shift: pixels });
    expect(Math.sqrt(area(moved) / Math.PI)).toBeCloseTo(20 + pixels, -0.3);
  });

  it('growing and shrinking are each other’s mirror', () => {
    const { data } = disc();
    const inverse = Uint8Array.from(data, (value) => 255 - value);
    const grown = shiftEdge(data as Uint8Array, SIDE, SIDE, 4);
    const shrunk = shiftEdge(inverse, SIDE, SIDE, -4);
    expect([...grown]).toEqual([...shrunk].map((value) => 255 - value));
  });

  it('fills holes and drops specks up to their size, and no larger ones', () => {
    const both = disc(20, { hole: 3, speck: 2 });
    const tidy = finishEdges(both, { ...PLAIN_EDGES, fillHoles: 60, dropSpecks: 30 });
    expect([...tidy.data]).toEqual([...disc().data]);
    const kept = finishEdges(both, { ...PLAIN_EDGES, fillHoles: 5, dropSpecks: 3 });
    expect([...kept.data]).toEqual([...both.data]);
  });

  it('does at a preview’s scale what it does at full size', () => {
    const half = finishEdges({ ...disc(10), width: SIDE, height: SIDE }, { ...PLAIN_EDGES, shift: 8 }, 0.5);
    expect(Math.sqrt(area(half) / Math.PI)).toBeCloseTo(14, -0.3);
  });

  it('smooth rounds off jags and keeps the shape', () => {
    const jagged = disc();
    for (let x = 0; x < SIDE; x += 4) jagged.data[20 * SIDE + x] = 255;
    const smooth = finishEdges(jagged, { ...PLAIN_EDGES, smooth: 3 });
    expect(area(smooth)).toBeCloseTo(area(disc()), -2);
    expect(smooth.data[20 * SIDE]).toBe(0);
  });

  it('a blur of a constant is that constant', () => {
    const flat = new Uint8Array(SIDE * SIDE).fill(77);
    expect(new Set(blur(flat, SIDE, SIDE, 6))).toEqual(new Set([77]));
  });
});

describe('the brush', () => {
  it('restores and erases a round stroke between its points', () => {
    const data = new Uint8Array(SIDE * SIDE);
    const points = [
      [10, 32],
      [54, 32],
    ] as const;
    paintStrokes(data, SIDE, SIDE, [{ mode: 'restore', radius: 5, points }]);
    expect(area({ data })).toBeCloseTo(44 * 10 + Math.PI * 25, -1);
    paintStrokes(data, SIDE, SIDE, [{ mode: 'erase', radius: 6, points }]);
    expect(area({ data })).toBe(0);
  });

  it('stays inside the picture', () => {
    const data = new Uint8Array(SIDE * SIDE);
    paintStrokes(data, SIDE, SIDE, [
      {
        mode: 'restore',
        radius: 30,
        points: [
          [-10, -10],
          [80, 80],
        ],
      },
    ]);
    expect(data[0]).toBe(255);
    expect(data.at(-1)).toBe(255);
  });
});
