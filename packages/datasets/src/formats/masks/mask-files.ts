import type { FileSystem } from '../../model/file-system.js';
import { byName, extensionOf, folderOf, isImage, join, nameOf, stemOf } from '../../model/paths.js';

/** A mask and the image that it is of; either may be missing. */
export interface MaskPair {
  readonly name: string;
  readonly image: string | undefined;
  /** Where the mask is, or would be written. */
  readonly mask: string;
}

/** What people append to an image's name to call its mask. */
const MASK_SUFFIX: RegExp = /[_\-. ](masks?|gt|seg|labels?|labelids|segmentation|matte|alpha|annotation|L)$/i;
/** What people call folders of masks. */
export const MASK_FOLDER: RegExp =
  /^(.*[_-])?(masks?|labels?|annotations?|annots?|gt|ground[_-]?truth|seg|segmentations?|segmentationclass|segmentationobject|mattes?|instances?)([_-].*)?$/i;
/** What people call folders of images. */
const IMAGE_FOLDER =
  /^(.*[_-])?(images?|imgs?|jpegimages|photos?|pictures?|input|inputs|rgb|raw|frames|original)([_-].*)?$/i;

/** An image's name from the name of its mask. */
export function imageStem(mask: string): string {
  const stem = stemOf(mask);
  const bare = stem.replace(MASK_SUFFIX, '');
  return bare === '' ? stem : bare;
}

/** Pairs the PNGs of a folder with the images in it, beside it, or in `images`. */
export async function pairMasks(
  fs: FileSystem,
  folder: string,
  images: string | undefined,
): Promise<MaskPair[]> {
  const inside = (await fs.list(folder)).filter(({ type }) => type === 'file').map(({ name }) => name);
  const pngs = inside.filter((name) => extensionOf(name) === 'png');
  const found = images === undefined ? await imagesBeside(fs, folder, pngs) : await imagesIn(fs, images);
  const shared = found.size === 0;
  // Image and mask side by side: only names with a suffix are masks.
  const own = new Map(inside.filter(isImage).map((name) => [stemOf(name), join(folder, name)]));
  const masks = shared
    ? pngs.filter((name) => imageStem(name) !== stemOf(name) && own.has(imageStem(name)))
    : pngs;
  const sources = shared && masks.length > 0 ? own : found;
  const suffix =
    masks.map((name) => stemOf(name).slice(imageStem(name).length)).find((one) => one !== '') ?? '';
  const pairs = (masks.length > 0 ? masks : pngs).map((name) => {
    const exact = shared ? undefined : sources.get(stemOf(name));
    const image = exact ?? sources.get(imageStem(name));
    return { name: image === undefined ? name : nameOf(image), image, mask: join(folder, name) };
  });
  const paired = new Set(pairs.map(({ image }) => image));
  const isMask = new Set(pairs.map(({ mask }) => mask));
  for (const [stem, image] of sources) {
    if (!paired.has(image) && !isMask.has(image)) {
      pairs.push({ name: nameOf(image), image, mask: join(folder, `${stem}${suffix}.png`) });
    }
  }
  return pairs.sort((a, b) => byName(a.name, b.name));
}

async function imagesIn(fs: FileSystem, folder: string): Promise<Map<string, string>> {
  const entries = await fs.list(folder);
  const files = entries.filter(({ name, type }) => type === 'file' && isImage(name));
  return new Map(files.map(({ name }) => [stemOf(name), join(folder, name)]));
}

/** The folder beside the masks, or the one above, that has an image of the name of one of the masks. */
async function imagesBeside(
  fs: FileSystem,
  folder: string,
  pngs: readonly string[],
): Promise<Map<string, string>> {
  const parent = folderOf(folder);
  if (parent === folder || parent === '') return new Map();
  const beside = (await fs.list(parent)).filter(({ type }) => type === 'folder').map(({ name }) => name);
  const likely = beside.filter((name) => name !== nameOf(folder) && IMAGE_FOLDER.test(name));
  const others = beside.filter(
    (name) => name !== nameOf(folder) && !likely.includes(name) && !MASK_FOLDER.test(name),
  );
  for (const candidate of [
    ...likely.map((name) => join(parent, name)),
    parent,
    ...others.slice(0, 16).map((name) => join(parent, name)),
  ]) {
    const images = await imagesIn(fs, candidate);
    if (pngs.some((name) => images.has(stemOf(name)) || images.has(imageStem(name)))) return images;
  }
  return new Map();
}
