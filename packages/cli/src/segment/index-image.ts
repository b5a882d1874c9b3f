import { CutkitError, type Mask, type Raster } from '@cutkit/core';
import { encodeImage } from '@cutkit/core/node';

const MOST = 255;

/**
 * A grey PNG whose value is a mask's number, from 1, 0 being none; the largest are painted first, so that small masks
 * inside of large ones stay. Throws `BAD_OPTION` beyond 255 masks.
 */
export function indexImage({ width, height }: Raster, masks: readonly Mask[]): Promise<Uint8Array> {
  if (masks.length > MOST) {
    throw new CutkitError(
      'BAD_OPTION',
      `An index PNG holds ${MOST} masks; there are ${masks.length}.`,
      'Use --format json or coco.',
    );
  }
  const data = new Uint8Array(width * height);
  const sizes = masks.map((mask, i) => ({ mask, i, area: mask.data.reduce((sum, value) => sum + value, 0) }));
  for (const { mask, i } of sizes.sort((a, b) => b.area - a.area)) paint(data, width, mask, i + 1);
  return encodeImage({ width, height, channels: 1, data });
}

function paint(data: Uint8Array, width: number, { bounds, data: set }: Mask, value: number): void {
  const row = bounds.x1 - bounds.x0;
  for (let i = 0; i < set.length; i++) {
    if (set[i] === 1) data[(bounds.y0 + Math.floor(i / row)) * width + bounds.x0 + (i % row)] = value;
  }
}
