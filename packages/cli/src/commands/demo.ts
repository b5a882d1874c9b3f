import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Alpha } from '@cutkit/core';
import { decodeImage, encodeImage, fileError, openRemover } from '@cutkit/core/node';
import type { GlobalOptions } from '../main.js';
import { createNotice, writeStdout } from '../output/print.js';
import { writeWhole } from '../output/write.js';

const SAMPLE = new URL('../sample/', import.meta.url);
const OUT = 'cutkit-out';

/** `npm start`: cuts the sample picture and says how far from its true alpha, or cuts the photo given. */
export async function demo(
  photo: string | undefined,
  options: GlobalOptions,
  signal: AbortSignal,
): Promise<number> {
  const source = photo ?? fileURLToPath(new URL('photo.jpg', SAMPLE));
  const bytes = await readFile(source).catch((error: unknown) => {
    throw fileError(error, source);
  });
  const remover = await openRemover({ ...options, signal, onNotice: createNotice(options.quiet ?? false) });
  const start = performance.now();
  const image = await decodeImage(bytes);
  const decoded = performance.now();
  const { alpha, cutout, assessment, timings } = await remover.remove(image.raster, {
    network: image.srgb,
    signal,
  });
  const removed = performance.now();
  const target = join(OUT, `${basename(source, extname(source))}.cutout.png`);
  await writeWhole(target, await encodeImage(cutout, { icc: image.icc }));
  const stages = { decode: decoded - start, ...timings, encode: performance.now() - removed };
  const times = Object.entries(stages).map(([name, ms]) => `${name} ${Math.round(ms)} ms`);
  await writeStdout(`${target} (${assessment.verdict}): ${times.join(', ')} on ${remover.backend}\n`);
  if (photo === undefined) await writeStdout(`${await describeError(alpha)}\n`);
  await remover.dispose();
  return 0;
}

/** How far the alpha is from the sample's true one, which its generator wrote beside it. */
async function describeError(alpha: Alpha): Promise<string> {
  const { raster } = await decodeImage(await readFile(new URL('alpha.png', SAMPLE)));
  let difference = 0;
  let both = 0;
  let either = 0;
  alpha.data.forEach((found, i) => {
    const truth = raster.data[i * raster.channels] ?? 0;
    difference += Math.abs(found - truth);
    both += found > 127 && truth > 127 ? 1 : 0;
    either += found > 127 || truth > 127 ? 1 : 0;
  });
  const mean = difference / alpha.data.length / 255;
  return `against the sample's true alpha: mean error ${mean.toFixed(4)}, overlap (IoU) ${(both / either).toFixed(3)}`;
}
