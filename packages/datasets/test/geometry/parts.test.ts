import { areaOf, decodeRle, encodeRle, maskOf, pixelsOf } from '@cutkit/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bridgeParts, splitBridges } from '../../src/geometry/bridges.js';
import { maskOf as maskOfInstance, rleOf } from '../../src/geometry/instance-pixels.js';
import { partsOfMask } from '../../src/geometry/parts.js';
import type { Part } from '../../src/model/shape.js';
import { masks } from '../support/arbitrary.js';

const instance = (parts: readonly Part[]) => ({
  shape: { kind: 'polygons', parts } as const,
  box: [0, 0, 0, 0] as const,
});

/** `#` is set. */
function drawn(...rows: string[]) {
  const pixels = rows.flatMap((row) => [...row].map((c) => (c === '#' ? 1 : 0)));
  return maskOf(rows[0]!.length, rows.length, pixels);
}

describe('parts of a mask', () => {
  it('are outlines with the holes inside of them', () => {
    const parts = partsOfMask(drawn('#####..', '#...#..', '#.#.#.#', '#...#..', '#####..'));
    expect(parts.map(({ holes }) => holes.length).sort()).toEqual([0, 0, 1]);
  });

  it('fill to the mask again', () => {
    fc.assert(
      fc.property(masks(), (mask) => {
        const filled = maskOfInstance(instance(partsOfMask(mask)), mask.width, mask.height);
        expect(pixelsOf(filled)).toEqual(pixelsOf(mask));
      }),
      { numRuns: 300 },
    );
  });

  it('survive being one ring with bridges', () => {
    fc.assert(
      fc.property(
        masks().filter((mask) => areaOf(mask) > 0),
        (mask) => {
          const again = splitBridges(bridgeParts(partsOfMask(mask)));
          const filled = maskOfInstance(instance(again), mask.width, mask.height);
          expect(pixelsOf(filled)).toEqual(pixelsOf(mask));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are split where a bridge was, and only there', () => {
    const ring = drawn('###.##', '#.#.##', '###.##');
    const parts = splitBridges(bridgeParts(partsOfMask(ring)));
    expect(parts.map(({ holes }) => holes.length).sort()).toEqual([0, 1]);
    const plain = [0, 0, 5, 0, 5, 5, 2, 7, 0, 5];
    expect(splitBridges(plain)).toEqual([{ outline: plain, holes: [] }]);
  });
});

describe('pixels of another size', () => {
  it('are laid at the top left', () => {
    fc.assert(
      fc.property(
        masks(),
        fc.integer({ min: 1, max: 16 }),
        fc.integer({ min: 1, max: 16 }),
        (mask, width, height) => {
          const shape = { kind: 'pixels', rle: encodeRle(mask) } as const;
          const got = pixelsOf(decodeRle(rleOf({ shape, box: [0, 0, 0, 0] }, width, height)));
          const all = pixelsOf(mask);
          const want = Uint8Array.from({ length: width * height }, (_, i) => {
            const [x, y] = [i % width, Math.floor(i / width)];
            return x < mask.width && y < mask.height ? all[y * mask.width + x]! : 0;
          });
          expect(got).toEqual(want);
        },
      ),
    );
  });
});
