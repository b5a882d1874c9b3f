import { CutkitError } from '../errors.js';
import type { Manifest } from '../models/manifest.js';
import { step } from '../options.js';
import { normalize } from '../preprocess/normalize.js';
import type { Session } from '../runtime/session.js';
import type { Raster, Tensor, WorkOptions } from '../types.js';
import { activate } from './activate.js';
import { checkInput } from './check-input.js';
import { planTiles, type Tile, type TilePlan } from './tiles.js';

/**
 * The embedded UNET pools by 32 and sees 2·(1+2+4+8+16) + 2·32 + 2·(1+2+4+8+16) = 188 px to each side of a pixel,
 * plus at most 31 from the pooling grid. 224 is the next multiple of 32, which makes tiles exact.
 */
export const UNET_TILES: TilePlan = { tile: 1024, margin: 224, align: 32 };

/**
 * The subject's coverage, 0–1, at `image`'s size, which is the manifest's own or, for a model that takes any, any.
 *
 * A model of any size sees the picture padded to the pooling grid by repeating its last row and column: off the grid a
 * UNET stretches its decoder's maps to fit their skips, and each pixel would depend on the whole picture's size. On it,
 * tiles and whole agree.
 */
export async function predict(
  session: Session,
  manifest: Manifest,
  image: Raster,
  work: WorkOptions = {},
  plan: TilePlan = UNET_TILES,
): Promise<Float32Array> {
  const tiles = manifest.input.anySize ? planTiles(...padded(image, plan), plan) : [wholeOf(image)];
  const coverage = new Float32Array(image.width * image.height);
  for (const [done, tile] of tiles.entries()) {
    step(work, 'network', done, tiles.length);
    paste(await predictOnce(session, manifest, crop(image, tile)), tile, coverage, image);
  }
  step(work, 'network', tiles.length, tiles.length);
  return coverage;
}

function padded({ width, height }: Raster, { align }: TilePlan): [width: number, height: number] {
  return [Math.ceil(width / align) * align, Math.ceil(height / align) * align];
}

function wholeOf({ width, height }: Raster): Tile {
  return { x0: 0, y0: 0, x1: width, y1: height, keepX0: 0, keepY0: 0, keepX1: width, keepY1: height };
}

async function predictOnce(session: Session, manifest: Manifest, image: Raster): Promise<Float32Array> {
  const { width, height } = image;
  const { layout } = manifest.input;
  const dims = layout === 'NCHW' ? [1, 3, height, width] : [1, height, width, 3];
  const name = checkInput(session, dims);
  const feed: Tensor = { type: 'float32', dims, data: normalize(image, manifest.input) };
  const results = await session.run({ [name]: feed });
  const output = results[session.outputs[0]?.name ?? ''];
  if (!output) throw new CutkitError('MODEL_CORRUPT', 'The model has no outputs.', 'Export it again.');
  return activate(output, width, height, manifest.output.activation);
}

/** A tile's pixels; where it reaches beyond the picture, the last row or column again. */
function crop(image: Raster, { x0, y0, x1, y1 }: Tile): Raster {
  const { width, height, channels, data } = image;
  if (x1 - x0 === width && y1 - y0 === height) return image;
  const row = (x1 - x0) * channels;
  const out = new Uint8Array(row * (y1 - y0));
  for (let y = y0, to = 0; y < y1; y++, to += row) {
    const start = Math.min(y, height - 1) * width * channels;
    out.set(data.subarray(start + x0 * channels, start + Math.min(x1, width) * channels), to);
    for (let x = width; x < x1; x++) {
      const last = start + (width - 1) * channels;
      out.set(data.subarray(last, last + channels), to + (x - x0) * channels);
    }
  }
  return { width: x1 - x0, height: y1 - y0, channels, data: out };
}

function paste(part: Float32Array, tile: Tile, whole: Float32Array, { width, height }: Raster): void {
  const partWidth = tile.x1 - tile.x0;
  const keepX1 = Math.min(tile.keepX1, width);
  for (let y = tile.keepY0; y < Math.min(tile.keepY1, height); y++) {
    const start = (y - tile.y0) * partWidth - tile.x0;
    whole.set(part.subarray(start + tile.keepX0, start + keepX1), y * width + tile.keepX0);
  }
}
