import type { Dataset, Format } from '@cutkit/datasets';

/** Images that are looked up at a time. */
const AT_ONCE = 32;
/** Formats of one file that look for all images in the same folders; others know the one place of each. */
const SAME_FOLDERS: ReadonlySet<Format> = new Set<Format>(['coco', 'panoptic']);

/**
 * Which of the first `count` images of a data set have no file. Where a format looks for all
 * images in the same folders, a folder in which one was found tells of the others by the list of pictures that are there.
 */
export async function missingPictures(
  dataset: Pick<Dataset, 'format' | 'images' | 'imagePath'>,
  listed: ReadonlySet<string>,
  count: number,
): Promise<Set<number>> {
  const missing = new Set<number>();
  /** What stood before the names of images that were found. */
  const folders = new Set<string>();
  const look = async (index: number): Promise<void> => {
    const path = await dataset.imagePath(index);
    const { name } = dataset.images.at(index);
    if (path === undefined) missing.add(index);
    else if (SAME_FOLDERS.has(dataset.format) && path.endsWith(name))
      folders.add(path.slice(0, path.length - name.length));
  };
  const isListed = (index: number): boolean => {
    const { name } = dataset.images.at(index);
    for (const folder of folders) if (listed.has(folder + name)) return true;
    return false;
  };
  for (let index = 0; index < count; ) {
    const asked: number[] = [];
    for (; index < count && asked.length < AT_ONCE; index++) if (!isListed(index)) asked.push(index);
    await Promise.all(asked.map(look));
  }
  return missing;
}
