import type { Dataset } from '../../model/dataset.js';
import { folderOf } from '../../model/paths.js';

/** How a COCO file names the image at `path`: from where its other images are named, else from the file's folder. */
export async function relativeName(
  { images, imagePath }: Dataset,
  annotations: string,
  path: string,
): Promise<string> {
  const bases = [folderOf(annotations)];
  if (images.length > 0) {
    const { name } = images.at(0);
    const found = await imagePath(0);
    if (found?.endsWith(`/${name}`)) bases.unshift(found.slice(0, -name.length - 1));
  }
  const base = bases.find((one) => path.startsWith(`${one}/`));
  return base === undefined ? path : path.slice(base.length + 1);
}
