import { type Mask, maskOf } from '@cutkit/core';
import fc from 'fast-check';

/** Masks of up to `most` pixels a side, from scattered pixels and rectangles: holes, islands, touching corners. */
export function masks(most = 14): fc.Arbitrary<Mask> {
  return fc
    .tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 1, max: most }))
    .chain(([width, height]) =>
      fc
        .tuple(
          fc.array(rectangle(width, height), { maxLength: 5 }),
          fc.array(fc.nat(width * height - 1), { maxLength: 12 }),
        )
        .map(([rectangles, flips]) => {
          const pixels = new Uint8Array(width * height);
          for (const { x0, y0, x1, y1, value } of rectangles) {
            for (let y = y0; y < y1; y++) pixels.fill(value, y * width + x0, y * width + x1);
          }
          for (const at of flips) pixels[at] = 1 - pixels[at]!;
          return maskOf(width, height, pixels);
        }),
    );
}

function rectangle(width: number, height: number) {
  return fc
    .tuple(fc.nat(width), fc.nat(width), fc.nat(height), fc.nat(height), fc.constantFrom(0, 1, 1))
    .map(([a, b, c, d, value]) => ({
      x0: Math.min(a, b),
      x1: Math.max(a, b),
      y0: Math.min(c, d),
      y1: Math.max(c, d),
      value,
    }));
}
