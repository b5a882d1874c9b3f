import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  areaOf,
  boxOf,
  compressRle,
  decodeRle,
  encodeRle,
  expandRle,
  labelRegions,
  type Mask,
  maskOf,
  pixelsOf,
  placeMask,
  placeRle,
  removeSmallRegions,
} from '../../src/index.js';
import { blobs, draw } from '../support/masks.js';

const FILE = new URL('../../../../../shared/goldens/amg_utils.json', import.meta.url);

/** The same mask held in no larger bounds than it needs. */
const tight = (mask: Mask): Mask => decodeRle(encodeRle(mask));

describe('run lengths', () => {
  it('are those of a walk down the columns, wherever the bounds are', () => {
    const [width, height] = [4, 5];
    for (let n = 0; n < 400; n++) {
      const bit = (i: number) => (Math.imul(n + 1, 2654435761 + i * 40503) >>> 13) & 1;
      const [x0, y0] = [n % 3, n % 4];
      const bounds = { x0, y0, x1: x0 + 1 + (n % (width - x0)), y1: y0 + 1 + ((n >> 2) % (height - y0)) };
      const data = Uint8Array.from({ length: (bounds.x1 - x0) * (bounds.y1 - y0) }, (_, i) => bit(i));
      const mask = { width, height, bounds, data };
      const pixels = pixelsOf(mask);
      const runs = [0];
      for (let at = 0, value = 0; at < width * height; at++) {
        const pixel = pixels[(at % height) * width + Math.floor(at / height)]!;
        if (pixel !== value) runs.push(0);
        runs[runs.length - 1]!++;
        value = pixel;
      }
      expect(encodeRle(mask).counts).toEqual(runs);
    }
  });

  it('go down the columns and begin with zeros', () => {
    expect(encodeRle(draw('#.', '##', '..'))).toEqual({ size: [3, 2], counts: [0, 2, 2, 1, 1] });
    expect(encodeRle(draw('..', '..'))).toEqual({ size: [2, 2], counts: [4] });
    expect(encodeRle(draw('##', '##'))).toEqual({ size: [2, 2], counts: [0, 4] });
  });

  it.each([1, 2, 3, 4, 5])('come back as the same pixels, whatever the bounds (%i)', (seed) => {
    const mask = blobs(31, 23, seed);
    const rle = encodeRle(mask);
    expect(encodeRle(tight(mask))).toEqual(rle);
    expect(pixelsOf(decodeRle(rle))).toEqual(mask.data);
    expect(expandRle(compressRle(rle))).toEqual(rle);
    const moved = placeMask(tight(mask), 60, 50, 7, 11);
    expect(pixelsOf(decodeRle(encodeRle(moved)))).toEqual(pixelsOf(moved));
  });

  it.each([1, 2, 3, 4, 5])('move as masks do (%i)', (seed) => {
    const mask = blobs(11, 7, seed);
    for (const [width, height, x, y] of [
      [30, 20, 4, 9],
      [11, 7, 0, 0],
      [15, 7, 4, 0],
      [11, 9, 0, 2],
      [11, 9, 0, 0],
    ] as const) {
      for (const one of [
        mask,
        draw(...Array(7).fill('#'.repeat(11))),
        draw(...Array(7).fill('.'.repeat(11))),
      ])
        expect(placeRle(encodeRle(one), width, height, x, y)).toEqual(
          encodeRle(placeMask(one, width, height, x, y)),
        );
    }
  });

  it('refuse counts that do not add up, and text that is not theirs', () => {
    expect(() => decodeRle({ size: [2, 2], counts: [3] })).toThrow(RangeError);
    expect(() => expandRle({ size: [2, 2], counts: 'é' })).toThrow(RangeError);
    expect(() => expandRle({ size: [2, 2], counts: 'P' })).toThrow(RangeError);
  });
});

describe('boxOf', () => {
  it('ends with the last pixel', () => {
    expect(boxOf(draw('....', '.##.', '.#..'))).toEqual([1, 1, 2, 2]);
    expect(boxOf(draw('...', '...'))).toEqual([0, 0, 0, 0]);
  });
});

describe('labelRegions', () => {
  it('joins across corners and numbers by first pixel', () => {
    const { labels, areas } = labelRegions(draw('#..#', '.#..', '#..#').data, 4, 3, 1);
    expect([...labels]).toEqual([1, 0, 0, 2, 0, 1, 0, 0, 1, 0, 0, 3]);
    expect(areas).toEqual([0, 3, 1, 1]);
  });

  it('joins what meets only later', () => {
    expect(labelRegions(draw('#.#.#', '#.#.#', '.#.#.').data, 5, 3, 1).areas).toEqual([0, 8]);
  });
});

describe('removeSmallRegions', () => {
  const ring = draw('......', '.####.', '.#..#.', '.####.', '......', '....#.');

  it('fills holes below the area, and no larger ones', () => {
    expect(areaOf(removeSmallRegions(ring, 3, 'holes').mask)).toBe(13);
    expect(removeSmallRegions(ring, 2, 'holes').changed).toBe(false);
  });

  it('drops islands, but never the last one', () => {
    expect(areaOf(removeSmallRegions(ring, 2, 'islands').mask)).toBe(10);
    expect(areaOf(removeSmallRegions(ring, 100, 'islands').mask)).toBe(10);
  });

  it.each([1, 2, 3, 4, 5, 6])('does the same in tight bounds as in the whole picture (%i)', (seed) => {
    const mask = blobs(29, 21, seed);
    for (const kind of ['holes', 'islands'] as const) {
      for (const area of [3, 9, 40, 700]) {
        for (const placed of [mask, placeMask(mask, 29, 40, 0, 9), placeMask(mask, 50, 21, 13, 0)]) {
          const whole = maskOf(placed.width, placed.height, pixelsOf(placed));
          const [a, b] = [
            removeSmallRegions(whole, area, kind),
            removeSmallRegions(tight(placed), area, kind),
          ];
          expect(b.changed).toBe(a.changed);
          expect(pixelsOf(b.mask)).toEqual(pixelsOf(a.mask));
        }
      }
    }
  });
});

describe.runIf(existsSync(FILE))('masks against the official utilities', () => {
  const { masks } = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : { masks: [] };
  const unpack = (bits: string, width: number, height: number) => {
    const bytes = Buffer.from(bits, 'base64');
    return maskOf(
      width,
      height,
      Array.from({ length: width * height }, (_, i) => (bytes[i >> 3]! >> (7 - (i & 7))) & 1),
    );
  };

  it(`boxes, run lengths, text, areas and small regions of all ${masks.length}`, () => {
    for (const golden of masks) {
      const { width, height } = golden;
      const mask = unpack(golden.bits, width, height);
      expect(boxOf(mask)).toEqual(golden.box);
      expect(encodeRle(mask).counts).toEqual(golden.rleCounts);
      expect(compressRle(encodeRle(mask)).counts).toBe(golden.cocoCounts);
      expect(areaOf(mask)).toBe(golden.area);
      for (const kind of ['holes', 'islands'] as const) {
        const result = removeSmallRegions(mask, 12, kind);
        expect(result.changed).toBe(golden[kind].changed);
        expect(pixelsOf(result.mask)).toEqual(unpack(golden[kind].bits, width, height).data);
      }
    }
  });
});
