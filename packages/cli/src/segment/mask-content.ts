import { basename } from 'node:path';
import { type Mask, masksSvg, type Raster } from '@cutkit/core';
import { indexImage } from './index-image.js';
import { labelmeOf, yoloOf } from './polygon-formats.js';

/** Formats that hold masks and nothing else about them. */
export type MaskFormat = 'png' | 'svg' | 'yolo' | 'labelme';

/** What masks are masks of, and how closely outlines follow them. */
export interface MaskContext {
  readonly image: Raster;
  readonly path: string;
  /** How far, in pixels, outlines may leave the mask. */
  readonly tolerance: number;
}

/** Masks as a file of one of the formats. */
export function maskContent(
  format: MaskFormat,
  masks: readonly Mask[],
  { image, path, tolerance }: MaskContext,
): Promise<Uint8Array> | string {
  switch (format) {
    case 'png':
      return indexImage(image, masks);
    case 'svg':
      return masksSvg(image.width, image.height, masks, tolerance);
    case 'yolo':
      return yoloOf(image, masks, tolerance);
    case 'labelme':
      return `${JSON.stringify(labelmeOf(basename(path), image, masks, tolerance), null, 2)}\n`;
  }
}
