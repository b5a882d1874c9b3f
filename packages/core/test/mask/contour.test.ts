import { describe, expect, it } from 'vitest';
import {
  areaOf,
  joinRings,
  maskOf,
  maskPath,
  masksSvg,
  placeMask,
  ringArea,
  simplifyRing,
  traceContours,
} from '../../src/index.js';
import { blobs, draw } from '../support/masks.js';

/** Pixels whose centre is inside by the even-odd rule. */
function fill(rings: readonly (readonly number[])[], width: number, height: number): number[] {
  return Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [(i % width) + 0.5, Math.floor(i / width) + 0.5];
    let inside = 0;
    for (const ring of rings) {
      for (let k = 0; k < ring.length; k += 2) {
        const n = (k + 2) % ring.length;
        const [ax, ay, bx, by] = [ring[k]!, ring[k + 1]!, ring[n]!, ring[n + 1]!];
        if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside ^= 1;
      }
    }
    return inside;
  });
}

describe('traceContours', () => {
  it('goes clockwise around a pixel, with a corner only where it turns', () => {
    expect(traceContours(draw('...', '.#.', '...'))).toEqual([[2, 1, 2, 2, 1, 2, 1, 1]]);
    expect(traceContours(draw('####', '####'))).toEqual([[4, 0, 4, 2, 0, 2, 0, 0]]);
  });

  it('goes the other way around a hole', () => {
    const rings = traceContours(draw('###', '#.#', '###'));
    expect(rings.map(ringArea)).toEqual([9, -1]);
  });

  it('keeps pixels that touch at a corner in one ring', () => {
    expect(traceContours(draw('#.', '.#'))).toHaveLength(1);
  });

  it('gives nothing for nothing', () => {
    expect(traceContours(draw('..', '..'))).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5, 6])('fills to the very same pixels (%i)', (seed) => {
    const mask = blobs(37, 26, seed);
    const rings = traceContours(mask);
    expect(fill(rings, 37, 26)).toEqual([...mask.data]);
    expect(rings.reduce((sum, ring) => sum + ringArea(ring), 0)).toBe(areaOf(mask));
    expect(fill([joinRings(rings)], 37, 26)).toEqual([...mask.data]);
  });

  it('knows where the mask lies in its picture', () => {
    expect(traceContours(placeMask(draw('#'), 9, 9, 5, 3))).toEqual([[6, 3, 6, 4, 5, 4, 5, 3]]);
  });
});

describe('simplifyRing', () => {
  const circle = maskOf(
    80,
    80,
    Array.from({ length: 6400 }, (_, i) => (Math.hypot((i % 80) - 40, Math.floor(i / 80) - 40) < 30 ? 1 : 0)),
  );

  it('drops corners and stays within the tolerance', () => {
    const [ring = []] = traceContours(circle);
    const simple = simplifyRing(ring, 1);
    expect(simple.length).toBeLessThan(ring.length / 3);
    const { areaError } = maskPath(circle, 1);
    expect(Math.abs(areaError)).toBeLessThan(0.03);
    expect(maskPath(circle).areaError).toBe(0);
  });

  it('leaves a square a square', () => {
    expect(simplifyRing([0, 0, 9, 0, 9, 9, 0, 9], 5)).toEqual([0, 0, 9, 0, 9, 9, 0, 9]);
  });
});

describe('masksSvg', () => {
  it('is a drawing of the picture with a path a mask, the largest first', () => {
    const svg = masksSvg(3, 2, [draw('#..', '...'), draw('###', '###')], 0);
    expect(svg).toContain('viewBox="0 0 3 2"');
    expect([...svg.matchAll(/id="(mask-\d)"/g)].map(([, id]) => id)).toEqual(['mask-2', 'mask-1']);
    expect(svg).toContain('d="M1 0L1 1L0 1L0 0Z"');
  });
});
