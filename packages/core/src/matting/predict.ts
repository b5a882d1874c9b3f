import { CutkitError } from '../errors.js';
import type { Manifest } from '../models/manifest.js';
import { step } from '../options.js';
import { normalize } from '../preprocess/normalize.js';
import type { Session } from '../runtime/session.js';
import type { Raster, Tensor, WorkOptions } from '../types.js';
import { activate } from './activate.js';
import { planTiles, type Tile, type TilePlan } from './tiles.js';

/**
 * The embedded UNET pools by 32 and sees 2·(1+2+4+8+16) + 2·32 + 2·(1+2+4+8+16) = 188 px to each side of a pixel,
 * plus at most 31 from the pooling grid. 224 is the next multiple of 32, which makes tiles exact.
 */
export const UNET_TILES: TilePlan = { tile: 1024, margin: 224, align: 32 };

/** Fits `image` to what the manifest asks and returns the subject's coverage, 0–1, at the image's size. */
export async function predict(
  session: Session,
  manifest: Manifest,
  image: Raster,
  work: WorkOptions = {},
  plan: TilePlan = UNET_TILES,
): Promise<Float32Array> {
  const { width, height } = image;
  if (!manifest.input.anySize || (width <= plan.tile && height <= plan.tile)) {
    step(work, 'network', 0, 1);
    const coverage = await predictOnce(session, manifest, image);
    step(work, 'network', 1, 1);
    return coverage;
  }
  const tiles = planTiles(width, height, plan);
  const coverage = new Float32Array(width * height);
  for (const [done, tile] of tiles.entries()) {
    step(work, 'network', done, tiles.length);
    paste(await predictOnce(session, manifest, crop(image, tile)), tile, coverage, width);
  }
  step(work, 'network', tiles.length, tiles.length);
  return coverage;
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

/** The first input's name, once its type and shape are seen to fit `dims`. */
function checkInput(session: Session, dims: readonly number[]): string {
  const input = session.inputs[0];
  const fits =
    session.inputs.length === 1 &&
    input?.type === 'float32' &&
    input.dims.length === dims.length &&
    input.dims.every((dim, i) => dim < 0 || dim === dims[i]);
  if (!input || !fits) {
    const found = session.inputs
      .map(({ name, type, dims: own }) => `${name} ${type}[${own.join('×')}]`)
      .join(', ');
    throw new CutkitError(
      'MODEL_INPUTS',
      `The model takes ${found || 'nothing'}, but its manifest promises float32[${dims.join('×')}].`,
      'Correct `input` in its model.json, or choose a background-removal model.',
    );
  }
  return input.name;
}

function crop(image: Raster, { x0, y0, x1, y1 }: Tile): Raster {
  const { width, channels, data } = image;
  const row = (x1 - x0) * channels;
  const out = new Uint8Array(row * (y1 - y0));
  for (let y = y0; y < y1; y++) {
    const start = (y * width + x0) * channels;
    out.set(data.subarray(start, start + row), (y - y0) * row);
  }
  return { width: x1 - x0, height: y1 - y0, channels, data: out };
}

function paste(part: Float32Array, tile: Tile, whole: Float32Array, width: number): void {
  const partWidth = tile.x1 - tile.x0;
  for (let y = tile.keepY0; y < tile.keepY1; y++) {
    const start = (y - tile.y0) * partWidth - tile.x0;
    whole.set(part.subarray(start + tile.keepX0, start + tile.keepX1), y * width + tile.keepX0);
  }
}
