import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

export const CLI = fileURLToPath(new URL('../../packages/cli/dist/main.js', import.meta.url));
export const MODEL = fileURLToPath(new URL('../../models/unet-cutout/model.onnx', import.meta.url));
const SAMPLE = new URL('../../packages/cli/sample/photo.jpg', import.meta.url);

/**
 * A 12-megapixel JPEG of the sample picture, in a temporary folder, with the grain of a camera's sensor: without it an
 * enlarged picture is so smooth that codecs are faster than on any photograph (it weighs 4.5 MB, as photographs do).
 */
export async function bigPhoto() {
  const folder = mkdtempSync(join(tmpdir(), 'cutkit-bench-'));
  const path = join(folder, 'photo-12mp.jpg');
  const size = { width: 4000, height: 3000 };
  const grain = await sharp({
    create: { ...size, channels: 3, background: 'grey', noise: { type: 'gaussian', mean: 128, sigma: 10 } },
  })
    .png()
    .toBuffer();
  await sharp(readFileSync(SAMPLE))
    .resize({ ...size, fit: 'fill' })
    .composite([{ input: grain, blend: 'overlay' }])
    .jpeg({ quality: 90 })
    .toFile(path);
  return path;
}

/** The middle of a list of numbers. */
export function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Milliseconds that `work` takes. */
export async function time(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Times two alternatives in turn, so that both meet the same noise; medians and their ratio. */
export async function versus(rounds, a, b) {
  const times = { a: [], b: [] };
  for (let i = 0; i < rounds; i++) {
    times.a.push(await time(a));
    times.b.push(await time(b));
  }
  const [ours, theirs] = [median(times.a), median(times.b)];
  return {
    ours_ms: Math.round(ours),
    theirs_ms: Math.round(theirs),
    ratio: Number((ours / theirs).toFixed(3)),
  };
}

/** Runs a process to its end. */
export function spawn(command, args, options = {}) {
  return execFileSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26, ...options });
}
