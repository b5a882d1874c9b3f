import { describe, expect, it } from 'vitest';
import { planTiles } from '../../src/matting/tiles.js';

const PLAN = { tile: 96, margin: 32, align: 32 };

describe('planTiles', () => {
  it('gives one tile to an image that fits', () => {
    expect(planTiles(96, 40, PLAN)).toEqual([
      { x0: 0, y0: 0, x1: 96, y1: 40, keepX0: 0, keepY0: 0, keepX1: 96, keepY1: 40 },
    ]);
  });

  it.each([
    [97, 97],
    [200, 96],
    [333, 517],
    [1, 1000],
  ])('partitions %i×%i into kept parts that cover every pixel once', (width, height) => {
    const seen = new Uint8Array(width * height);
    for (const tile of planTiles(width, height, PLAN)) {
      for (let y = tile.keepY0; y < tile.keepY1; y++) {
        for (let x = tile.keepX0; x < tile.keepX1; x++) seen[y * width + x]!++;
      }
    }
    expect(seen.every((count) => count === 1)).toBe(true);
  });

  it('starts every tile on the pooling grid and keeps a margin on every inner side', () => {
    for (const tile of planTiles(500, 500, PLAN)) {
      expect(tile.x0 % PLAN.align).toBe(0);
      expect(tile.x1 - tile.x0).toBeLessThanOrEqual(PLAN.tile);
      if (tile.x0 > 0) expect(tile.keepX0 - tile.x0).toBeGreaterThanOrEqual(PLAN.margin);
      if (tile.x1 < 500) expect(tile.x1 - tile.keepX1).toBeGreaterThanOrEqual(PLAN.margin);
    }
  });

  it('refuses a plan with no room between its margins', () => {
    expect(() => planTiles(100, 100, { tile: 64, margin: 32, align: 32 })).toThrow(RangeError);
  });
});
