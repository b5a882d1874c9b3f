import {
  type Alpha,
  areaOf,
  boxOf,
  compressRle,
  encodeRle,
  type Mask,
  type PredictedMask,
  pixelsOf,
  type Raster,
} from '@cutkit/core';

/** A mask as a grey picture, 0 and 255. */
export function rasterOf(mask: Mask): Alpha {
  const data = pixelsOf(mask);
  for (let i = 0; i < data.length; i++) data[i] = data[i]! * 255;
  return { width: mask.width, height: mask.height, channels: 1, data };
}

/** Answers as `--json` prints them. */
export function reportOf({ width, height }: Raster, answers: readonly PredictedMask[]): object {
  const masks = answers.map(({ mask, score, stability }) => {
    const [x0, y0, x1, y1] = boxOf(mask);
    return {
      counts: compressRle(encodeRle(mask)).counts,
      area: areaOf(mask),
      bbox: [x0, y0, x1 - x0, y1 - y0],
      predicted_iou: score,
      stability_score: stability,
    };
  });
  return { width, height, masks };
}
