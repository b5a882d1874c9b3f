import { rleOf } from '../../geometry/instance-pixels.js';
import type { Instance } from '../../model/record.js';

/** The part of an instance inside of its image: corners of outlines move to the edge. */
export function clipped({ shape, box }: Instance, width: number, height: number): Partial<Instance> {
  const clamp = (ring: readonly number[]) =>
    ring.map((value, i) => Math.min(i % 2 === 0 ? width : height, Math.max(0, value)));
  if (shape.kind === 'polygons') {
    const parts = shape.parts.map(({ outline, holes }) => ({
      outline: clamp(outline),
      holes: holes.map(clamp),
    }));
    return { shape: { kind: 'polygons', parts } };
  }
  if (shape.kind === 'pixels')
    return { shape: { kind: 'pixels', rle: rleOf({ shape, box }, width, height) } };
  const [x0, y0, x1, y1] = clamp([box[0], box[1], box[0] + box[2], box[1] + box[3]]) as [
    number,
    number,
    number,
    number,
  ];
  return { box: [x0, y0, x1 - x0, y1 - y0] };
}
