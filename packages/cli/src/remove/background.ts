import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseColor, type Raster, type Rgba } from '@cutkit/core';
import { decodeImage, fitCover } from '@cutkit/core/node';

/** What lies under the subject of a picture of this size. */
export type Background = (width: number, height: number) => Promise<Rgba | Raster>;

/** Reads `--bg`: the path of a picture, which covers each result, or a colour. Rejects with `BAD_OPTION`. */
export async function readBackground(text: string): Promise<Background> {
  if (!existsSync(text)) {
    const colour = parseColor(text);
    return async () => colour;
  }
  const { srgb } = await decodeImage(await readFile(text));
  return (width, height) => fitCover(srgb, width, height);
}
