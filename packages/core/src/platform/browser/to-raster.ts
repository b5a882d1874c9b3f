import { CutkitError } from '../../errors.js';
import type { Raster } from '../../types.js';

/** Everything in a browser that holds a picture. */
export type BrowserImage =
  | ImageData
  | ImageBitmap
  | Blob
  | HTMLCanvasElement
  | OffscreenCanvas
  | HTMLImageElement;

/**
 * Reads any browser picture as RGBA in sRGB. The browser applies EXIF orientation and colour profiles while it decodes.
 * Rejects with `IMAGE_EMPTY` or `NOT_AN_IMAGE` for a Blob that it cannot decode. An `ImageBitmap` given stays open.
 */
export async function toRaster(source: BrowserImage): Promise<Raster> {
  if (source instanceof ImageData) return fromImageData(source);
  if (!(source instanceof Blob)) return draw(source);
  const bitmap = await toBitmap(source);
  try {
    return draw(bitmap);
  } finally {
    bitmap.close();
  }
}

/**
 * Decodes a file, upright and in sRGB, without reading its pixels. Rejects as {@link toRaster} does. Close the result.
 */
export async function toBitmap(blob: Blob): Promise<ImageBitmap> {
  if (blob.size === 0) {
    throw new CutkitError('IMAGE_EMPTY', 'The file holds no bytes.', 'Choose another copy of the picture.');
  }
  try {
    return await createImageBitmap(blob, { imageOrientation: 'from-image', premultiplyAlpha: 'none' });
  } catch (cause) {
    throw new CutkitError(
      'NOT_AN_IMAGE',
      `The browser cannot decode this ${blob.type || 'file'} as a picture.`,
      'Convert it to JPEG, PNG or WebP.',
      cause,
    );
  }
}

function draw(source: Exclude<BrowserImage, ImageData | Blob>): Raster {
  const [width, height] =
    source instanceof HTMLImageElementHere
      ? [source.naturalWidth, source.naturalHeight]
      : [source.width, source.height];
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context)
    throw new CutkitError('BACKEND_UNAVAILABLE', 'No 2D canvas is available.', 'Close other tabs.');
  context.drawImage(source, 0, 0);
  return fromImageData(context.getImageData(0, 0, width, height));
}

/** Workers have no `HTMLImageElement`; there nothing is an instance of the stand-in. */
const HTMLImageElementHere: typeof HTMLImageElement =
  globalThis.HTMLImageElement ?? (class {} as unknown as typeof HTMLImageElement);

function fromImageData({ width, height, data }: ImageData): Raster {
  return { width, height, channels: 4, data };
}
