import { CutkitError } from '@cutkit/core';
import type { RecordEdit } from '../../edits/plan.js';
import type { Splice } from '../../model/change.js';
import type { CocoIndex } from './coco-index.js';
import { relativeName } from './relative-name.js';
import { rowSplices } from './row-splices.js';
import type { OpenCoco } from './save-coco.js';

/** The splices of what is said of images that stay, and of ids of images and categories. */
export async function recordSplices(
  coco: OpenCoco,
  edits: readonly RecordEdit[],
  gone: ReadonlySet<number>,
): Promise<Splice[]> {
  const { index, dataset, path } = coco;
  const images = new Map<number, Record<string, unknown>>();
  const setImage = (image: number, members: Record<string, unknown>) => {
    if (!gone.has(image)) images.set(image, { ...images.get(image), ...members });
  };
  let nextImage = index.largest.image;
  let nextCategory = index.largest.category;
  const splices: Splice[] = [];
  for (const edit of edits) {
    if (edit.type === 'scaleImage') setImage(edit.image, { width: edit.width, height: edit.height });
    if (edit.type === 'renumberImage') setImage(edit.image, { id: ++nextImage });
    if (edit.type === 'renumberClass')
      splices.push(...(await rowSplices(coco, 'categories', edit.classIndex, { id: ++nextCategory })));
    if (edit.type === 'changeImage') {
      const { path: picture, ...size } = edit.change;
      const name = picture !== undefined && { file_name: await relativeName(dataset, path, picture) };
      setImage(edit.image, { ...size, ...name });
    }
  }
  for (const [image, members] of images) splices.push(...(await rowSplices(coco, 'images', image, members)));
  return splices;
}

/** The rows of all annotations of some images, those that cannot be read too. */
export function rowsOfImages({ first, order }: CocoIndex, images: ReadonlySet<number>): Set<number> {
  return new Set([...images].flatMap((image) => [...order.subarray(first[image]!, first[image + 1]!)]));
}

/** The rows of annotations without an image that edits take out. Throws `BAD_OPTION` where one has an image. */
export function rowsOfOrphans({ annotations }: CocoIndex, edits: readonly RecordEdit[]): number[] {
  return edits.flatMap((edit) => {
    if (edit.type !== 'removeOrphan') return [];
    if (annotations.image[Number(edit.key)] === -1) return [Number(edit.key)];
    throw new CutkitError(
      'BAD_OPTION',
      `An edit names annotation ${edit.key}, which is not one without an image.`,
      'Take the key from the finding, and apply the edit to the file that it was found in.',
    );
  });
}
