import { pixelsOf } from '../mask/mask.js';
import { type CocoRle, compressRle, decodeRle, type RunLengths } from '../mask/rle.js';
import type { OutputMode } from './options.js';

/** A mask as a byte, 0 or 1, for each pixel; `size` is height, width. */
export interface BinarySegmentation {
  readonly size: readonly [number, number];
  readonly data: Uint8Array;
}

/** One mask of an automatic run, with the official names. Boxes are x, y, width, height in image pixels. */
export interface MaskRecord {
  readonly segmentation: BinarySegmentation | RunLengths | CocoRle;
  /** Pixels. */
  readonly area: number;
  readonly bbox: readonly [number, number, number, number];
  readonly predicted_iou: number;
  /** The point that asked for it. */
  readonly point_coords: readonly (readonly [number, number])[];
  readonly stability_score: number;
  readonly crop_box: readonly [number, number, number, number];
}

/** Run lengths in the form that was asked for. */
export function segmentationOf(rle: RunLengths, mode: OutputMode): MaskRecord['segmentation'] {
  if (mode === 'uncompressed_rle') return rle;
  if (mode === 'coco_rle') return compressRle(rle);
  return { size: rle.size, data: pixelsOf(decodeRle(rle)) };
}
