import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imageToNode } from '../../../../tests/figma-host/src/render/image-paint.js';
import { inverse, multiply, scaling, transform } from '../../src/geometry/matrix.js';
import { type PaintGeometry, pixelsToLayer, rescaled } from '../../src/geometry/paint-geometry.js';

const side = fc.integer({ min: 1, max: 4096 });
const size = fc.record({ width: side, height: side });
const share = fc.double({ min: -2, max: 2, noNaN: true });
const crop = fc
  .tuple(share, share, share, share, share, share)
  .map(
    ([a, b, c, d, e, f]) =>
      [
        [a, b, c],
        [d, e, f],
      ] as const,
  )
  .filter(([[a, b], [d, e]]) => Math.abs(a * e - b * d) > 1e-3);
const paint: fc.Arbitrary<PaintGeometry> = fc.oneof(
  fc.record({
    scaleMode: fc.constantFrom('FILL', 'FIT'),
    rotation: fc.constantFrom(0, 90, 180, 270, -90, 450),
  }),
  fc.record({
    scaleMode: fc.constant('TILE'),
    rotation: fc.constantFrom(0, 90, 180, 270),
    scalingFactor: fc.double({ min: 0.01, max: 4, noNaN: true }),
  }),
  fc.record({ scaleMode: fc.constant('CROP'), imageTransform: crop }),
) as fc.Arbitrary<PaintGeometry>;
const corners = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
] as const;

/** The corners of the picture in the layer. */
function cornersOf(
  matrix: ReturnType<typeof pixelsToLayer>,
  { width, height }: { width: number; height: number },
) {
  return corners.map(([u, v]) => transform(matrix, u * width, v * height));
}

describe('pixelsToLayer', () => {
  it('agrees with how the host draws, for every mode, turn and crop', () => {
    fc.assert(
      fc.property(paint, size, size, (geometry, layer, picture) => {
        const ours = pixelsToLayer(geometry, layer, picture);
        const theirs = imageToNode(
          { type: 'IMAGE', imageHash: '', ...geometry } as never,
          layer.width,
          layer.height,
          picture.width,
          picture.height,
        );
        const unit = multiply(ours, scaling(picture.width, picture.height));
        for (const [u, v] of corners) {
          const [x, y] = transform(unit, u, v);
          const [tx, ty] = transform(theirs, u, v);
          const tolerance = 1e-6 * (1 + Math.abs(tx) + Math.abs(ty));
          expect(Math.abs(x - tx)).toBeLessThan(tolerance);
          expect(Math.abs(y - ty)).toBeLessThan(tolerance);
        }
      }),
    );
  });

  it('leads back', () => {
    fc.assert(
      fc.property(paint, size, size, fc.tuple(side, side), (geometry, layer, picture, [x, y]) => {
        const matrix = pixelsToLayer(geometry, layer, picture);
        const [lx, ly] = transform(matrix, x, y);
        const [px, py] = transform(inverse(matrix), lx, ly);
        expect(px).toBeCloseTo(x, 3);
        expect(py).toBeCloseTo(y, 3);
      }),
    );
  });

  it('covers the layer with FILL, and stays inside it with FIT, touching two sides', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('FILL', 'FIT'),
        fc.constantFrom(0, 90, 180, 270),
        size,
        size,
        (scaleMode, rotation, layer, picture) => {
          const points = cornersOf(
            pixelsToLayer({ scaleMode, rotation } as PaintGeometry, layer, picture),
            picture,
          );
          const xs = points.map(([x]) => x);
          const ys = points.map(([, y]) => y);
          const [wide, tall] = [Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)];
          const slack = 1e-6 * Math.max(layer.width, layer.height);
          expect(wide >= layer.width - slack && tall >= layer.height - slack).toBe(
            scaleMode === 'FILL' ||
              (Math.abs(wide - layer.width) < slack && Math.abs(tall - layer.height) < slack),
          );
          expect(Math.min(Math.abs(wide - layer.width), Math.abs(tall - layer.height))).toBeLessThanOrEqual(
            slack,
          );
          expect((Math.min(...xs) + Math.max(...xs)) / 2).toBeCloseTo(layer.width / 2, 6);
        },
      ),
    );
  });

  it('lies the same for a picture made smaller', () => {
    fc.assert(
      fc.property(
        paint,
        size,
        fc.tuple(side, side),
        fc.constantFrom(2, 4, 8),
        (geometry, layer, [w, h], factor) => {
          const picture = { width: w * factor, height: h * factor };
          const smaller = { width: w, height: h };
          const whole = cornersOf(pixelsToLayer(geometry, layer, picture), picture);
          const reduced = cornersOf(pixelsToLayer(rescaled(geometry, 1 / factor), layer, smaller), smaller);
          for (const [i, [x, y]] of whole.entries()) {
            expect(reduced[i]![0]).toBeCloseTo(x, 4);
            expect(reduced[i]![1]).toBeCloseTo(y, 4);
          }
        },
      ),
    );
  });

  it('refuses a crop that flattens', () => {
    const flat = [
      [0, 0, 0],
      [0, 1, 0],
    ] as const;
    expect(() =>
      pixelsToLayer(
        { scaleMode: 'CROP', imageTransform: flat },
        { width: 1, height: 1 },
        { width: 1, height: 1 },
      ),
    ).toThrow(RangeError);
  });
});
