import type { MaskRecord, Raster } from '@cutkit/core';

/** What an annotation must have; whatever else a record has is kept beside it. */
type Annotated = Pick<MaskRecord, 'segmentation' | 'area' | 'bbox'>;

/** A COCO data set of one image whose annotations are the records, under one category. */
export function cocoOf(
  fileName: string,
  { width, height }: Raster,
  records: readonly Annotated[],
  category = 'object',
): object {
  const annotations = records.map((record, i) => ({
    id: i + 1,
    image_id: 1,
    category_id: 1,
    iscrowd: 0,
    ...record,
  }));
  return {
    images: [{ id: 1, file_name: fileName, width, height }],
    annotations,
    categories: [{ id: 1, name: category }],
  };
}
