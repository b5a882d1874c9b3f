import { type Raster, resize } from '@cutkit/core';
import { toBitmap, toRaster } from '@cutkit/core/browser';
import type { OpenedPicture } from './engine-api.js';
import { isOpaque } from './is-opaque.js';

/** Longest side that Figma takes back. */
const MAX_SIDE = 4096;
/** Longest side of what is shown and clicked on. */
const PREVIEW_SIDE = 1024;

/** A decoded picture. Its pixels are read when they are asked for: a mask of a photograph needs a quarter of them. */
export interface Picture {
  readonly opened: OpenedPicture;
  /** Whether the file's kind says that no pixel is transparent. */
  readonly isOpaque: boolean;
  /** All pixels, in sRGB. */
  full(): Promise<Raster>;
  /** The pixels of the preview. */
  small(): Promise<Raster>;
  /** The picture over white, halved while both sides keep the given lengths. */
  halved(width: number, height: number): Raster;
  close(): void;
}

/** Decodes PNG, JPEG, WebP or a GIF's first frame. Rejects with `NOT_AN_IMAGE` for what is none. */
export async function openPicture(bytes: Uint8Array): Promise<Picture> {
  const bitmap = await toBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  const [width, height, scale] = within(bitmap, MAX_SIDE);
  const [previewWidth, previewHeight] = within({ width, height }, PREVIEW_SIDE);
  let full: Raster | undefined;
  let small: Raster | undefined;
  const picture: Picture = {
    opened: {
      width,
      height,
      scale,
      isGif: bytes[0] === 0x47 && bytes[1] === 0x49 && bytes[2] === 0x46,
      preview: { width: previewWidth, height: previewHeight },
    },
    isOpaque: isOpaque(bytes),
    async full() {
      full ??= sized(await toRaster(bitmap), width, height);
      return full;
    },
    async small() {
      small ??= sized(await picture.full(), previewWidth, previewHeight);
      return small;
    },
    halved: (leastWidth, leastHeight) => halve(bitmap, isOpaque(bytes), leastWidth, leastHeight),
    close: () => bitmap.close(),
  };
  return picture;
}

/** What a mask or a cut-out says of each pixel, at the size of `like`. */
export async function openCoverage(
  bytes: Uint8Array,
  coverage: 'luminance' | 'alpha',
  like: { readonly width: number; readonly height: number },
): Promise<Uint8Array> {
  const raster = await toRaster(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  const channel = coverage === 'alpha' ? 3 : 0;
  const data = new Uint8Array(raster.width * raster.height);
  for (let i = 0; i < data.length; i++) data[i] = raster.data[i * 4 + channel]!;
  const plane: Raster = { width: raster.width, height: raster.height, channels: 1, data };
  if (plane.width === like.width && plane.height === like.height) return data;
  return Uint8Array.from(resize(plane, like.width, like.height, 'bilinear').data);
}

/** The largest size of this shape with no side longer than `side`, and its scale; never larger than the picture. */
function within(
  { width, height }: { readonly width: number; readonly height: number },
  side: number,
): [width: number, height: number, scale: number] {
  const scale = Math.min(1, side / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)), scale];
}

function sized(raster: Raster, width: number, height: number): Raster {
  return raster.width === width && raster.height === height ? raster : resize(raster, width, height, 'box');
}

/** The browser halves: drawn at half its size, each pixel is the mean of four. */
function halve(bitmap: ImageBitmap, isFull: boolean, leastWidth: number, leastHeight: number): Raster {
  let { width, height } = bitmap;
  for (let from: ImageBitmap | OffscreenCanvas = bitmap; ; ) {
    const isLarge = width >= 2 * leastWidth && height >= 2 * leastHeight;
    if (isLarge) [width, height] = [Math.ceil(width / 2), Math.ceil(height / 2)];
    const canvas: OffscreenCanvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { willReadFrequently: true })!;
    if (!isFull) {
      context.fillStyle = 'white';
      context.fillRect(0, 0, width, height);
    }
    context.drawImage(from, 0, 0, width, height);
    if (width < 2 * leastWidth || height < 2 * leastHeight) {
      const { data } = context.getImageData(0, 0, width, height);
      return { width, height, channels: 4, data };
    }
    from = canvas;
  }
}
