import { type Raster, resize } from '@cutkit/core';
import { toRaster } from '@cutkit/core/browser';
import type { OpenedPicture } from './engine-api.js';

/** Longest side that Figma takes back. */
const MAX_SIDE = 4096;
/** Longest side of what is shown and clicked on. */
const PREVIEW_SIDE = 1024;

/** A picture with its small copy. */
export interface Picture {
  readonly full: Raster;
  readonly small: Raster;
  readonly opened: OpenedPicture;
}

/** Decodes PNG, JPEG, WebP or a GIF's first frame. Rejects with `NOT_AN_IMAGE` for what is none. */
export async function openPicture(bytes: Uint8Array): Promise<Picture> {
  const { raster: full, scale } = await decode(bytes);
  const fit = Math.min(1, PREVIEW_SIDE / Math.max(full.width, full.height));
  const width = Math.max(1, Math.round(full.width * fit));
  const height = Math.max(1, Math.round(full.height * fit));
  const small = fit === 1 ? full : resize(full, width, height, 'box');
  const isGif = bytes[0] === 0x47 && bytes[1] === 0x49 && bytes[2] === 0x46;
  return {
    full,
    small,
    opened: { width: full.width, height: full.height, scale, isGif, preview: { width, height } },
  };
}

/** What a mask or a cut-out says of each pixel, at the size of `like`. */
export async function openCoverage(
  bytes: Uint8Array,
  coverage: 'luminance' | 'alpha',
  like: Raster,
): Promise<Uint8Array> {
  const { raster } = await decode(bytes);
  const channel = coverage === 'alpha' ? 3 : 0;
  const data = new Uint8Array(raster.width * raster.height);
  for (let i = 0; i < data.length; i++) data[i] = raster.data[i * 4 + channel]!;
  const plane: Raster = { width: raster.width, height: raster.height, channels: 1, data };
  if (plane.width === like.width && plane.height === like.height) return data;
  return Uint8Array.from(resize(plane, like.width, like.height, 'bilinear').data);
}

async function decode(bytes: Uint8Array): Promise<{ raster: Raster; scale: number }> {
  const raster = await toRaster(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  const scale = Math.min(1, MAX_SIDE / Math.max(raster.width, raster.height));
  if (scale === 1) return { raster, scale };
  const [width, height] = [Math.round(raster.width * scale), Math.round(raster.height * scale)];
  return { raster: resize(raster, width, height, 'box'), scale };
}
