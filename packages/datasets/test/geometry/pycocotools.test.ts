import { existsSync, readFileSync } from 'node:fs';
import { areaOfRle, compressRle, decodeRle, encodeRle, expandRle, maskOf, pixelsOf } from '@cutkit/core';
import { describe, expect, it } from 'vitest';
import { rleOf } from '../../src/geometry/instance-pixels.js';
import { boxOfRle, difference, intersection, sharedArea, union } from '../../src/geometry/rle.js';

interface Vectors {
  encode?: { height: number; width: number; bits: string; counts: string; area: number; bbox: number[] }[];
  pairs: {
    height: number;
    width: number;
    a: string;
    b: string;
    iou: number;
    in_crowd?: number;
    union: string;
    intersect: string;
    box?: number[];
  }[];
  polygons: { height: number; width: number; polygons: number[][]; counts: string; area: number }[];
}

const OWN = new URL('../goldens/pycocotools.json', import.meta.url);
const SHARED = new URL('../../../../../shared/goldens/coco_rle.json', import.meta.url);

describe.each([OWN, SHARED])('pycocotools 2.0.11, %s', (file) => {
  const {
    encode = [],
    pairs,
    polygons,
  }: Vectors = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { pairs: [], polygons: [] };

  it.skipIf(encode.length === 0)('encodes, measures and boxes masks alike', () => {
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
      expect(Buffer.compare(pixelsOf(decodeRle(expandRle({ size: [height, width], counts }))), pixels)).toBe(
        0,
      );
    }
  });

  it.skipIf(pairs.length === 0)('merges, boxes and compares masks alike', () => {
    for (const { height, width, a: one, b: other, iou, in_crowd: inCrowd, box, ...want } of pairs) {
      const [a, b] = [one, other].map((counts) => expandRle({ size: [height, width], counts })) as [
        ReturnType<typeof expandRle>,
        ReturnType<typeof expandRle>,
      ];
      expect(compressRle(union(a, b)).counts).toBe(want.union);
      expect(compressRle(intersection(a, b)).counts).toBe(want.intersect);
      expect(areaOfRle(difference(a, b))).toBe(areaOfRle(a) - sharedArea(a, b));
      const shared = sharedArea(a, b);
      const all = areaOfRle(a) + areaOfRle(b) - shared;
      expect(all === 0 ? 0 : shared / all).toBeCloseTo(iou, 12);
      if (inCrowd !== undefined && areaOfRle(a) > 0) expect(shared / areaOfRle(a)).toBeCloseTo(inCrowd, 12);
      if (box) expect(boxOfRle(a)).toEqual(box);
    }
  });

  it.skipIf(polygons.length === 0)('fills polygons alike', () => {
    for (const { height, width, polygons: rings, counts, area } of polygons) {
      const parts = rings.map((outline) => ({ outline, holes: [] }));
      const rle = rleOf({ shape: { kind: 'polygons', parts }, box: [0, 0, 0, 0] }, width, height);
      expect(compressRle(rle).counts).toBe(counts);
      expect(areaOfRle(rle)).toBe(area);
    }
  });
});
