import type { Alpha } from '@cutkit/core';
import { describe, expect, it } from 'vitest';
import { outlinePath } from '../../src/outline/outline-path.js';
import { pathArea } from '../support/path-area.js';

const IDENTITY = [
  [1, 0, 0],
  [0, 1, 0],
] as const;

function alphaWhere(size: number, inside: (x: number, y: number) => boolean): Alpha {
  const data = new Uint8Array(size * size);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) data[y * size + x] = inside(x + 0.5, y + 0.5) ? 255 : 0;
  return { width: size, height: size, channels: 1, data };
}

describe('outlinePath', () => {
  it('follows a ring with its hole, in few curves', () => {
    const ring = alphaWhere(
      200,
      (x, y) => Math.hypot(x - 100, y - 100) < 80 && Math.hypot(x - 100, y - 100) > 30,
    );
    const path = outlinePath(ring, IDENTITY);
    expect(path.match(/M /g)).toHaveLength(2);
    expect(path.match(/C /g)!.length).toBeLessThan(40);
    const exact = Math.PI * (80 ** 2 - 30 ** 2);
    expect(Math.abs(pathArea(path) - exact) / exact).toBeLessThan(0.01);
  });

  it('keeps corners', () => {
    const square = alphaWhere(120, (x, y) => x > 20 && x < 100 && y > 30 && y < 90);
    expect(Math.abs(pathArea(outlinePath(square, IDENTITY)) - 80 * 60)).toBeLessThan(60);
  });

  it('touches the picture’s border where the mask does', () => {
    const full = alphaWhere(50, () => true);
    expect(pathArea(outlinePath(full, IDENTITY))).toBeCloseTo(2500, -2);
  });

  it('maps its points, and writes only what Figma’s parser takes', () => {
    const disc = alphaWhere(100, (x, y) => Math.hypot(x - 50, y - 50) < 30);
    const path = outlinePath(disc, [
      [0.001, 0, 0],
      [0, 2, 1e-9],
    ]);
    expect(path).toMatch(/^M [-\d.]+ [-\d.]+( [CZM]| [-\d.]+)+$/);
    expect(path).not.toMatch(/ {2}|e-|NaN/);
  });

  it('is empty for an empty mask, and leaves specks out', () => {
    expect(
      outlinePath(
        alphaWhere(50, () => false),
        IDENTITY,
      ),
    ).toBe('');
    expect(
      outlinePath(
        alphaWhere(50, (x, y) => x < 3 && y < 3),
        IDENTITY,
      ),
    ).toBe('');
  });
});
