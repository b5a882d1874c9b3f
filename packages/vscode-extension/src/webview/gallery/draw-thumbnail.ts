import type { ClassView } from '../../protocol/editor.js';
import type { Thumbnail } from '../../protocol/gallery.js';
import { paintMasks, rgbaOf } from '../shared/paint-masks.js';
import { RunMask } from '../shared/run-mask.js';

/** Longest side of a thumbnail, device pixels. */
const SIDE = 320;
const OPACITY = 0.5;
const GREY = [128, 128, 128] as const;

/** A small picture with its masks; where there is no picture the masks alone. */
export async function drawThumbnail(
  { url, width, height, masks }: Thumbnail,
  classes: readonly ClassView[],
): Promise<ImageBitmap | undefined> {
  const picture = url === undefined ? undefined : await readPicture(url, width, height);
  const [fullWidth, fullHeight] = [picture?.width ?? width, picture?.height ?? height];
  if (fullWidth === 0 || fullHeight === 0) return undefined;
  if (picture && masks.length === 0) return picture;
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
  context.globalAlpha = OPACITY;
  const layer = paintLayer({ width, height, masks }, classes);
  if (layer) context.drawImage(layer, 0, 0, ...size);
  return canvas.transferToImageBitmap();
}

/** The picture, no larger than a thumbnail where its size is known before: it is reduced where it is decoded. */
async function readPicture(url: string, width: number, height: number): Promise<ImageBitmap> {
  const response = await fetch(url);
  const scale = SIDE / Math.max(width, height);
  const isKnown = width > 0 && height > 0 && scale < 1;
  const reduced = {
    resizeWidth: Math.max(1, Math.round(width * scale)),
    resizeHeight: Math.max(1, Math.round(height * scale)),
    resizeQuality: 'medium',
  } as const;
  return createImageBitmap(await response.blob(), isKnown ? reduced : {});
}

/** The masks, reduced a whole number of times to no less than a thumbnail. */
function paintLayer(
  { width, height, masks }: Pick<Thumbnail, 'width' | 'height' | 'masks'>,
  classes: readonly ClassView[],
): OffscreenCanvas | undefined {
  if (width === 0 || height === 0) return undefined;
  const step = Math.max(1, Math.floor(Math.max(width, height) / SIDE));
  const image = new ImageData(Math.ceil(width / step), Math.ceil(height / step));
  const painted = masks.map(({ mask, classIndex }) => ({
    mask: new RunMask(mask),
    rgba: rgbaOf(classes.find(({ index }) => index === classIndex)?.colour ?? GREY),
  }));
  const window = { x0: 0, y0: 0, x1: image.width, y1: image.height };
  paintMasks(new Uint32Array(image.data.buffer), window, painted, step);
  const layer = new OffscreenCanvas(image.width, image.height);
  layer.getContext('2d')?.putImageData(image, 0, 0);
  return layer;
}
