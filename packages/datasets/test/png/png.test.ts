import { decodeRle, pixelsOf } from '@cutkit/core';
import fc from 'fast-check';
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { AnnotationError } from '../../src/model/annotation-error.js';
import { masksOfPlane, paintMask } from '../../src/png/plane-masks.js';
import { readPng } from '../../src/png/read-png.js';
import { replaceValues, writePng } from '../../src/png/write-png.js';
import { applySplices } from '../../src/text/splice.js';

const plane = fc
  .tuple(fc.integer({ min: 1, max: 13 }), fc.integer({ min: 1, max: 9 }), fc.constantFrom(1, 2, 4, 8, 16))
  .chain(([width, height, depth]) =>
    fc
      .array(fc.nat(2 ** depth - 1), { minLength: width * height, maxLength: width * height })
      .map((values) => ({ width, height, depth: depth as 1 | 2 | 4 | 8 | 16, values })),
  );

describe('mask PNGs', () => {
  it('hold values of every depth', () => {
    fc.assert(
      fc.property(plane, (one) => {
        const read = readPng('x.png', writePng({ ...one, channels: 1 }));
        expect([...read.values]).toEqual(one.values);
        expect(read.depth).toBe(one.depth);
      }),
    );
  });

  it('hold colours', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(0xffffff), { minLength: 6, maxLength: 6 }),
        fc.constantFrom(3, 4),
        (values, channels) => {
          const read = readPng('x.png', writePng({ width: 3, height: 2, depth: 8, channels, values }));
          expect([...read.values]).toEqual(values);
        },
      ),
    );
  });

  it('keep palette, transparency and texts when values change, interlaced or not', () => {
    fc.assert(
      fc.property(plane, plane, fc.boolean(), ({ width, height, values }, other, interlaced) => {
        const palette = Array.from({ length: 256 }, (_, i) => [i, 255 - i, 7, i === 3 ? 0 : 255]);
        const bytes = encode(
          {
            width,
            height,
            channels: 1,
            depth: 8,
            palette,
            text: { Title: 'mine' },
            data: Uint8Array.from(values, (v) => v & 255),
          },
          interlaced ? { interlace: 'Adam7' } : {},
        );
        const next = values.map((_, i) => (other.values[i % other.values.length]! * 7) & 255);
        const after = applySplices(bytes, [replaceValues(bytes, readPng('x.png', bytes), next)]);
        expect([...readPng('x.png', after).values]).toEqual(next);
        const kept = (of: Uint8Array) => Buffer.from(of).subarray(0, Buffer.from(of).indexOf('IDAT') - 4);
        expect(kept(after)).toEqual(kept(bytes));
        expect(Buffer.from(after).includes('mine')).toBe(true);
      }),
    );
  });

  it('give an error for every mutilation, or values', () => {
    const bytes = writePng({
      width: 9,
      height: 7,
      depth: 8,
      channels: 1,
      values: Array.from({ length: 63 }, (_, i) => i),
    });
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(bytes.length), (at, byte, cut) => {
        const broken = bytes.slice(0, cut % 2 ? cut : bytes.length);
        if (at < broken.length) broken[at] = byte;
        try {
          readPng('x.png', broken);
        } catch (error) {
          expect(error).toBeInstanceOf(AnnotationError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('masks of a plane', () => {
  it('cover each value, and paint the plane again', () => {
    fc.assert(
      fc.property(plane, ({ width, height, values }) => {
        const small = values.map((value) => value % 5);
        const masks = masksOfPlane(small, width, height);
        const painted = new Uint8Array(width * height);
        for (const [value, rle] of masks) {
          expect([...pixelsOf(decodeRle(rle))]).toEqual(small.map((one) => (one === value ? 1 : 0)));
          paintMask(painted, rle, value);
        }
        expect([...painted]).toEqual(small);
      }),
    );
  });
});
