import type { Raster } from '../../types.js';
import { loadSharp } from './load-sharp.js';

/** Scales a picture to cover `width × height` and crops what stands over, evenly: for backgrounds. Gives RGB. */
export async function fitCover({ data, ...info }: Raster, width: number, height: number): Promise<Raster> {
  const sharp = await loadSharp();
  const { width: w, height: h, channels } = info;
  const image = sharp(data, { raw: { width: w, height: h, channels } }).resize(width, height, {
    fit: 'cover',
  });
  return {
    width,
    height,
    channels: 3,
    data: await image.removeAlpha().toColourspace('srgb').raw().toBuffer(),
  };
}
