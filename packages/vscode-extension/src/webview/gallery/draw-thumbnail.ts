import { decodeRle, expandRle } from '@cutkit/core';
import type { ClassView } from '../../protocol/editor.js';
import type { Thumbnail } from '../../protocol/gallery.js';

/** Longest side of a thumbnail, device pixels. */
const SIDE = 320;
const OPACITY = 0.5;

/** A small picture with its masks; where there is no picture the masks alone. */
export async function drawThumbnail(
  { url, width, height, masks }: Thumbnail,
  classes: readonly ClassView[],
): Promise<ImageBitmap | undefined> {
  const picture = url === undefined ? undefined : await readPicture(url);
  const [fullWidth, fullHeight] = [picture?.width ?? width, picture?.height ?? height];
  if (fullWidth === 0 || fullHeight === 0) return undefined;
  const scale = Math.min(1, SIDE / Math.max(fullWidth, fullHeight));
  const size = [
    Math.max(1, Math.round(fullWidth * scale)),
    Math.max(1, Math.round(fullHeight * scale)),
  ] as const;
  const canvas = new OffscreenCanvas(...size);
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  if (picture) context.drawImage(picture, 0, 0, ...size);
  picture?.close();
  if (masks.length > 0) {
    const overlay = new ImageData(...size);
    for (const { mask, classIndex } of masks) {
      const colour = classes.find(({ index }) => index === classIndex)?.colour ?? [128, 128, 128];
      paintSmall(overlay, mask, colour);
    }
    const layer = new OffscreenCanvas(...size);
    layer.getContext('2d')?.putImageData(overlay, 0, 0);
    context.globalAlpha = OPACITY;
    context.drawImage(layer, 0, 0);
  }
  return canvas.transferToImageBitmap();
}

async function readPicture(url: string): Promise<ImageBitmap> {
  const response = await fetch(url);
  return createImageBitmap(await response.blob());
}

/** Paints a mask at the thumbnail's size, each of its pixels by the one nearest in the mask. */
function paintSmall(
  { width, height, data }: ImageData,
  rle: Thumbnail['masks'][number]['mask'],
  [r, g, b]: readonly [number, number, number],
): void {
  const mask = decodeRle(expandRle(rle));
  const { bounds } = mask;
  const row = bounds.x1 - bounds.x0;
  const [fx, fy] = [mask.width / width, mask.height / height];
  for (let y = Math.floor(bounds.y0 / fy); y < Math.min(height, Math.ceil(bounds.y1 / fy)); y++) {
    const sy = Math.floor((y + 0.5) * fy);
    if (sy < bounds.y0 || sy >= bounds.y1) continue;
    for (let x = Math.floor(bounds.x0 / fx); x < Math.min(width, Math.ceil(bounds.x1 / fx)); x++) {
      const sx = Math.floor((x + 0.5) * fx);
      if (sx < bounds.x0 || sx >= bounds.x1) continue;
      if (mask.data[(sy - bounds.y0) * row + sx - bounds.x0] !== 1) continue;
      data.set([r, g, b, 255], (y * width + x) * 4);
    }
  }
}
