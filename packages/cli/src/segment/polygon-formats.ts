import { joinRings, type Mask, maskPath, type Raster } from '@cutkit/core';

/** One line a mask: class 0, then its outline's corners as shares of the picture (YOLO segmentation). */
export function yoloOf({ width, height }: Raster, masks: readonly Mask[], tolerance: number): string {
  const lines = masks.map((mask) => {
    const ring = joinRings(maskPath(mask, tolerance).rings);
    const shares = ring.map((value, i) => Number((value / (i % 2 === 0 ? width : height)).toFixed(6)));
    return [0, ...shares].join(' ');
  });
  return lines.map((line) => `${line}\n`).join('');
}

/** A LabelMe file: one polygon a mask; holes and further parts are joined by bridges of no width. */
export function labelmeOf(
  fileName: string,
  { width, height }: Raster,
  masks: readonly Mask[],
  tolerance: number,
): object {
  const shapes = masks.map((mask) => {
    const ring = joinRings(maskPath(mask, tolerance).rings);
    const points = Array.from({ length: ring.length / 2 }, (_, i) => [ring[i * 2], ring[i * 2 + 1]]);
    return { label: 'object', points, group_id: null, description: '', shape_type: 'polygon', flags: {} };
  });
  return {
    version: '5.5.0',
    flags: {},
    shapes,
    imagePath: fileName,
    imageData: null,
    imageHeight: height,
    imageWidth: width,
  };
}
