import { readFile } from 'node:fs/promises';
import { type DecodedImage, decodeImage, fileError } from '@cutkit/core/node';

/** Reads and decodes a picture file; notices of what was simplified go to `notice`. */
export async function openImage(
  path: string,
  maxMegapixels: number,
  notice: (text: string) => void,
): Promise<DecodedImage> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw fileError(error, path);
  });
  const image = await decodeImage(bytes, { maxPixels: maxMegapixels * 1e6 });
  for (const text of image.notices) notice(text);
  return image;
}
