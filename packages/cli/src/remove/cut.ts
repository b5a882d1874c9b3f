import { readFile } from 'node:fs/promises';
import type { Alpha, Raster, Remover } from '@cutkit/core';
import { decodeImage, encodeImage, fileError } from '@cutkit/core/node';
import { writeStdout } from '../output/print.js';
import { writeWhole } from '../output/write.js';
import type { Background } from './background.js';
import type { Job } from './plan.js';
import type { Outcome } from './report.js';

/** How pictures are cut, the same for a whole batch. */
export interface CutOptions {
  readonly remover: Remover;
  readonly background: Background | undefined;
  readonly format: 'png' | 'webp';
  readonly decontaminate: boolean;
  readonly detail: number | undefined;
  readonly flip: boolean;
  readonly maxPixels: number;
  readonly signal: AbortSignal;
}

/** Stands for stdin as an input and stdout as an output. */
export const STREAM = '-';

/**
 * Cuts one picture: reads, decodes, removes, encodes, writes. Rejects with what went wrong with this one.
 * `beforeWrite` is awaited when only the writing is left.
 */
export async function cut(
  job: Job,
  options: CutOptions,
  beforeWrite: () => Promise<void> = async () => {},
): Promise<Outcome> {
  const { remover, signal } = options;
  const bytes = await readInput(job.input);
  const image = await decodeImage(bytes, { maxPixels: options.maxPixels });
  signal.throwIfAborted();
  const { width, height } = image.raster;
  const background = await options.background?.(width, height);
  const { detail, flip, decontaminate } = options;
  const removal = await remover.remove(image.raster, {
    network: image.srgb,
    decontaminate,
    flip,
    signal,
    ...(detail === undefined ? {} : { detail }),
    ...(background ? { background } : {}),
  });
  await beforeWrite();
  if (job.cutout) await write(job.cutout, removal.cutout, options.format, image.icc);
  if (job.mask) await write(job.mask, removal.alpha, 'png', undefined);
  return {
    input: job.input,
    status: 'done',
    outputs: { ...(job.cutout ? { cutout: job.cutout } : {}), ...(job.mask ? { mask: job.mask } : {}) },
    width,
    height,
    ...removal.assessment,
    timings_ms: removal.timings,
    notices: image.notices,
  };
}

async function readInput(path: string): Promise<Uint8Array> {
  if (path === STREAM) return readStdin();
  return readFile(path).catch((error: unknown) => {
    throw fileError(error, path);
  });
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function write(
  path: string,
  raster: Raster | Alpha,
  format: 'png' | 'webp',
  icc?: Uint8Array,
): Promise<void> {
  const bytes = await encodeImage(raster, { format, icc });
  await (path === STREAM ? writeStdout(bytes) : writeWhole(path, bytes));
}
