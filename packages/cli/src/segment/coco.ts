import type { MaskRecord, Raster } from '@cutkit/core';

/** A COCO data set of one image whose annotations are the records, under one category. */
export function cocoOf(fileName: string, { width, height }: Raster, records: readonly MaskRecord[]): object {
  const annotations = records.map((record, i) => ({
    id: i + 1,
    image_id: 1,
    category_id: 1,
    segmentation: record.segmentation,
    area: record.area,
    bbox: record.bbox,
    iscrowd: 0,
    predicted_iou: record.predicted_iou,
    stability_score: record.stability_score,
    point_coords: record.point_coords,
    crop_box: record.crop_box,
  }));
  return {
    images: [{ id: 1, file_name: fileName, width, height }],
    annotations,
    categories: [{ id: 1, name: 'object' }],
  };
}
