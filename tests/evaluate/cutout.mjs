/** The embedded cut-out model, as `cutkit_train.evaluate.cutout` measures it. */
import { join } from 'node:path';
import { decodeImage, openRemover } from '@cutkit/core/node';
import { measure, summarise, unknownBand } from './metrics.mjs';
import { readPack } from './packs.mjs';

const PEOPLE = ['ccp', 'vikram-human'];

/** Scores by name, and the model's manifest; with `flip` as `--flip` cuts. */
export async function evaluateCutout(data, flip) {
  const pack = await readPack(join(data, 'eval_fg_dev.tar'));
  const remover = await openRemover();
  const sets = new Map();
  for (const row of pack.rows) {
    const { raster } = await decodeImage(pack.read(row, 'image'));
    const { alpha } = await remover.remove(raster, { decontaminate: false, flip });
    const truth = await planeOf(pack, row, 'alpha');
    const scores = measure(alpha.data, truth, alpha.width, alpha.height);
    if (row.trimap) Object.assign(scores, unknownBand(alpha.data, truth, await planeOf(pack, row, 'trimap')));
    const name = PEOPLE.includes(row.src) ? 'people' : row.src;
    sets.set(name, [...(sets.get(name) ?? []), scores]);
  }
  await remover.dispose();
  const scores = {};
  for (const [name, results] of [...sets].sort()) {
    for (const [key, value] of Object.entries(summarise(results)))
      scores[`${name}_${key}`] = Number(value.toFixed(3));
  }
  return { manifest: remover.manifest, scores };
}

/** The first channel of one of an item's pictures. */
async function planeOf(pack, row, role) {
  const { raster } = await decodeImage(pack.read(row, role));
  const { width, height, channels, data } = raster;
  return Uint8Array.from({ length: width * height }, (_, i) => data[i * channels]);
}
