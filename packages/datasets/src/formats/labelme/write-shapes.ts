import { boxOf, decodeRle, type Mask } from '@cutkit/core';
import { bridgeParts } from '../../geometry/bridges.js';
import { rleOf } from '../../geometry/instance-pixels.js';
import type { Instance } from '../../model/record.js';
import { toBase64 } from '../../png/base64.js';
import { writePng } from '../../png/write-png.js';
import { cannotHold } from '../refuse.js';

/** Members that say where a shape is; `mask` is `undefined` where there must be none. */
export interface ShapeMembers {
  readonly points: readonly (readonly [number, number])[];
  readonly shape_type: string;
  readonly mask: string | undefined;
}

/**
 * An instance as LabelMe shapes: a rectangle, a polygon a part, or, where there are holes or only pixels, a mask, which
 * LabelMe reads since 5.3.
 */
export function writeShapes(instance: Instance, width: number, height: number): ShapeMembers[] {
  const { shape, box } = instance;
  if (instance.crowd) throw cannotHold('LabelMe has no crowds.');
  if (shape.kind === 'none' || shape.kind === 'invalid')
    throw cannotHold('A LabelMe shape needs an outline or a box.');
  if (shape.kind === 'box') {
    const [x, y, w, h] = box;
    return [
      {
        points: [
          [x, y],
          [x + w, y + h],
        ],
        shape_type: 'rectangle',
        mask: undefined,
      },
    ];
  }
  if (shape.kind === 'polygons' && shape.parts.every(({ holes }) => holes.length === 0)) {
    return shape.parts.map((part) => ({
      points: pairs(bridgeParts([part])),
      shape_type: 'polygon',
      mask: undefined,
    }));
  }
  return [maskMembers(decodeRle(rleOf(instance, width, height)))];
}

function pairs(ring: readonly number[]): [number, number][] {
  return Array.from({ length: ring.length / 2 }, (_, i) => [ring[i * 2]!, ring[i * 2 + 1]!]);
}

/** The mask cut to its box as a PNG of 0 and 255; the second point is the last pixel, inclusive. */
function maskMembers(mask: Mask): ShapeMembers {
  const [x0, y0, x1, y1] = boxOf(mask);
  const { bounds, data } = mask;
  const [width, height] = [x1 - x0 + 1, y1 - y0 + 1];
  const row = bounds.x1 - bounds.x0;
  const values = Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [x0 + (i % width) - bounds.x0, y0 + Math.floor(i / width) - bounds.y0];
    return data[y * row + x] === 1 ? 255 : 0;
  });
  const png = writePng({ width, height, depth: 8, channels: 1, values });
  return {
    points: [
      [x0, y0],
      [x1, y1],
    ],
    shape_type: 'mask',
    mask: toBase64(png),
  };
}
