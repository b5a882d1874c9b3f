import { existsSync, readFileSync } from 'node:fs';
import { areaOfRle, compressRle, decodeRle, encodeRle, expandRle, maskOf, pixelsOf } from '@cutkit/core';
import { describe, expect, it } from 'vitest';
import { rleOf } from '../../src/geometry/instance-pixels.js';
import { boxOfRle, intersection, sharedArea, union } from '../../src/geometry/rle.js';

interface Vectors {
  encode: { height: number; width: number; bits: string; counts: string; area: number; bbox: number[] }[];
  pairs: {
    height: number;
    width: number;
    a: string;
    b: string;
    iou: number;
    union: string;
    intersect: string;
  }[];
  polygons: { height: number; width: number; polygons: number[][]; counts: string; area: number }[];
}

const SHARED = new URL('../../../../../shared/goldens/coco_rle.json', import.meta.url);

describe.skipIf(!existsSync(SHARED))('pycocotools 2.0.11', () => {
  const { encode, pairs, polygons } = existsSync(SHARED)
    ? (JSON.parse(readFileSync(SHARED, 'utf8')) as Vectors)
    : { encode: [], pairs: [], polygons: [] };

  it('encodes, measures and boxes masks alike', () => {
    for (const { height, width, bits, counts, area, bbox } of encode) {
      const packed = Buffer.from(bits, 'base64');
      const pixels = Uint8Array.from(
        { length: width * height },
        (_, i) => (packed[i >> 3]! >> (7 - (i & 7))) & 1,
      );
      const rle = encodeRle(maskOf(width, height, pixels));
      expect(compressRle(rle).counts).toBe(counts);
      expect(areaOfRle(rle)).toBe(area);
      expect(boxOfRle(rle)).toEqual(bbox);
      expect(pixelsOf(decodeRle(expandRle({ size: [height, width], counts })))).toEqual(pixels);
    }
  });

  it('merges and compares masks alike', () => {
    for (const { height, width, ...pair } of pairs) {
      const [a, b] = [pair.a, pair.b].map((counts) => expandRle({ size: [height, width], counts }));
      expect(compressRle(union(a!, b!)).counts).toBe(pair.union);
      expect(compressRle(intersection(a!, b!)).counts).toBe(pair.intersect);
      const shared = sharedArea(a!, b!);
      expect(shared / (areaOfRle(a!) + areaOfRle(b!) - shared)).toBeCloseTo(pair.iou, 12);
    }
  });

  it('fills polygons alike', () => {
    for (const { height, width, polygons: rings, counts, area } of polygons) {
      const parts = rings.map((outline) => ({ outline, holes: [] }));
      const rle = rleOf({ shape: { kind: 'polygons', parts }, box: [0, 0, 0, 0] }, width, height);
      expect(compressRle(rle).counts).toBe(counts);
      expect(areaOfRle(rle)).toBe(area);
    }
  });
});
