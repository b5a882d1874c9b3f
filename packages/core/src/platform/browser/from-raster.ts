import type { Raster } from '../../types.js';
import type { BrowserImage } from './to-raster.js';

/** Straight-alpha pixels of any raster as `ImageData`; grey becomes opaque RGB. Shares memory with an RGBA raster where it can. */
export function toImageData({ width, height, channels, data }: Raster): ImageData {
  if (channels === 4 && data.buffer instanceof ArrayBuffer) {
    const view = new Uint8ClampedArray<ArrayBuffer>(data.buffer, data.byteOffset, data.length);
    return new ImageData(view, width, height);
  }
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let i = 0, from = 0; i < rgba.length; i += 4, from += channels) {
    rgba[i] = data[from]!;
    rgba[i + 1] = data[channels === 1 ? from : from + 1]!;
    rgba[i + 2] = data[channels === 1 ? from : from + 2]!;
    if (channels === 4) rgba[i + 3] = data[from + 3]!;
  }
  return new ImageData(rgba, width, height);
}

/** A PNG of the raster. */
export async function toBlob(raster: Raster, type = 'image/png'): Promise<Blob> {
  return toCanvas(raster).convertToBlob({ type });
}

/** The raster on a canvas of its own. */
export function toCanvas(raster: Raster): OffscreenCanvas {
  const canvas = new OffscreenCanvas(raster.width, raster.height);
  canvas.getContext('2d')?.putImageData(toImageData(raster), 0, 0);
  return canvas;
}

/** What comes out when `Source` went in: the same kind; elements of a page become an `OffscreenCanvas`. */
export type SameKind<Source extends BrowserImage> = Source extends ImageData
  ? ImageData
  : Source extends ImageBitmap
    ? ImageBitmap
    : Source extends Blob
      ? Blob
      : OffscreenCanvas;

/** Gives `raster` in the kind that `source` had: see {@link SameKind}. */
export async function sameKind<Source extends BrowserImage>(
  raster: Raster,
  source: Source,
): Promise<SameKind<Source>> {
  const result = await convert(raster, source);
  return result as SameKind<Source>;
}

async function convert(
  raster: Raster,
  source: BrowserImage,
): Promise<ImageData | ImageBitmap | Blob | OffscreenCanvas> {
  if (source instanceof ImageData) return toImageData(raster);
  if (source instanceof ImageBitmap)
    return createImageBitmap(toImageData(raster), { premultiplyAlpha: 'none' });
  if (source instanceof Blob) return toBlob(raster);
  return toCanvas(raster);
}
