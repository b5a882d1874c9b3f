import type { PixelWindow } from '../types.js';

/** A part of the image that is segmented by itself. */
export interface Crop extends PixelWindow {
  /** 0 is the whole image. */
  readonly layer: number;
}

/**
 * The whole image, then for each layer i a grid of 2^i × 2^i crops that overlap by `overlapRatio · short side · 2 / 2^i`
 * pixels, x outer and y inner (`generate_crop_boxes`).
 */
export function cropBoxes(width: number, height: number, layers: number, overlapRatio: number): Crop[] {
  const crops: Crop[] = [{ x0: 0, y0: 0, x1: width, y1: height, layer: 0 }];
  const short = Math.min(width, height);
  for (let layer = 1; layer <= layers; layer++) {
    const perSide = 2 ** layer;
    const overlap = Math.trunc(overlapRatio * short * (2 / perSide));
    const length = (side: number) => Math.ceil((overlap * (perSide - 1) + side) / perSide);
    const [w, h] = [length(width), length(height)];
    for (let i = 0; i < perSide; i++) {
      for (let j = 0; j < perSide; j++) {
        const [x0, y0] = [Math.trunc((w - overlap) * i), Math.trunc((h - overlap) * j)];
        crops.push({ x0, y0, x1: Math.min(x0 + w, width), y1: Math.min(y0 + h, height), layer });
      }
    }
  }
  return crops;
}

const EDGE_TOLERANCE = 20;

/**
 * Whether a box (in the crop's pixels, last ones inclusive) ends near an inner edge of its crop, where the crop may have
 * cut the thing in two; the image's own edges do not count (`is_box_near_crop_edge`).
 */
export function isNearCropEdge(
  box: readonly number[],
  crop: PixelWindow,
  width: number,
  height: number,
): boolean {
  const edges = [crop.x0, crop.y0, crop.x1, crop.y1];
  const image = [0, 0, width, height];
  return box.some((value, k) => {
    const placed = value + (k % 2 === 0 ? crop.x0 : crop.y0);
    const isClose = (edge: number) => Math.abs(placed - edge) <= EDGE_TOLERANCE;
    return isClose(edges[k]!) && !isClose(image[k]!);
  });
}
