import { CutkitError } from '../errors.js';
import { checkInput } from '../matting/check-input.js';
import { planTiles, type Tile, type TilePlan } from '../matting/tiles.js';
import { step } from '../options.js';
import type { Session } from '../runtime/session.js';
import type { Tensor, WorkOptions } from '../types.js';

/**
 * The cell UNET pools by 16 and sees 2·(1+2+4+8) + 2·16 + 2·(1+2+4+8) = 92 px to each side, plus at most 15 from the
 * pooling grid: 112 is the next multiple of 16, which makes tiles exact.
 */
const TILES: TilePlan = { tile: 1024, margin: 112, align: 16 };

/** What the network says of each pixel, 0–1, row-major. */
export interface CellMaps {
  /** That it lies inside a cell, away from its edge. */
  readonly interior: Float32Array;
  /** That it lies on a cell's edge. */
  readonly border: Float32Array;
}

/** Runs a cell network over a grey plane of any size, in tiles, beyond the plane with its last row and column again. */
export async function predictCells(
  session: Session,
  plane: Float32Array,
  width: number,
  height: number,
  work: WorkOptions = {},
): Promise<CellMaps> {
  const ceil = (length: number) => Math.ceil(length / TILES.align) * TILES.align;
  const tiles = planTiles(ceil(width), ceil(height), TILES);
  const maps = { interior: new Float32Array(plane.length), border: new Float32Array(plane.length) };
  for (const [done, tile] of tiles.entries()) {
    step(work, 'network', done, tiles.length);
    const logits = await run(session, crop(plane, width, height, tile), tile);
    paste(logits, 0, tile, maps.interior, width, height);
    paste(logits, 1, tile, maps.border, width, height);
  }
  step(work, 'network', tiles.length, tiles.length);
  return maps;
}

async function run(session: Session, data: Float32Array, { x0, y0, x1, y1 }: Tile): Promise<Float32Array> {
  const dims = [1, 1, y1 - y0, x1 - x0];
  const name = checkInput(session, dims);
  const feed: Tensor = { type: 'float32', dims, data };
  const output = (await session.run({ [name]: feed }))[session.outputs[0]?.name ?? ''];
  if (output?.type !== 'float32' || output.data.length !== 2 * data.length) {
    throw new CutkitError(
      'MODEL_INPUTS',
      `The model gave [${output?.dims.join('×') ?? ''}] where interior and border of ${x1 - x0}×${y1 - y0} were expected.`,
      'Choose a model whose contract is unet-cells.',
    );
  }
  return output.data;
}

function crop(plane: Float32Array, width: number, height: number, { x0, y0, x1, y1 }: Tile): Float32Array {
  const row = x1 - x0;
  const out = new Float32Array(row * (y1 - y0));
  for (let y = y0, to = 0; y < y1; y++, to += row) {
    const start = Math.min(y, height - 1) * width;
    out.set(plane.subarray(start + x0, start + Math.min(x1, width)), to);
    if (x1 > width) out.fill(plane[start + width - 1]!, to + width - x0, to + row);
  }
  return out;
}

function paste(
  logits: Float32Array,
  channel: number,
  { x0, y0, x1, y1, keepX0, keepY0, keepX1, keepY1 }: Tile,
  map: Float32Array,
  width: number,
  height: number,
): void {
  const row = x1 - x0;
  const base = channel * row * (y1 - y0);
  for (let y = keepY0; y < Math.min(keepY1, height); y++) {
    for (let x = keepX0; x < Math.min(keepX1, width); x++) {
      map[y * width + x] = 1 / (1 + Math.exp(-logits[base + (y - y0) * row + x - x0]!));
    }
  }
}
