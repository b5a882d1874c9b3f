import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findManifest } from '@cutkit/core';
import sharp from 'sharp';
import { bigPhoto, CLI, MODEL, spawn, versus } from './support.mjs';

const SCRIPT = fileURLToPath(new URL('rembg.py', import.meta.url));

/** Whole processes, the same picture and network: ours natively against rembg's steps in Python. */
export async function rembg() {
  const python = process.env.CUTKIT_PYTHON;
  if (!python)
    return { skipped: 'set CUTKIT_PYTHON to a Python with pillow, numpy, onnxruntime and pymatting' };
  const out = mkdtempSync(join(tmpdir(), 'cutkit-rembg-'));
  const photo = await bigPhoto();
  const [ours, theirs] = [join(out, 'ours.png'), join(out, 'theirs.png')];
  const { input, output } = findManifest('unet-cutout');
  const recipe = [input.width, input.filter, ...output.range].map(String);
  const cut = () =>
    spawn(process.execPath, [CLI, 'remove', photo, '-o', ours, '--backend', 'native', '--force']);
  const reference = () => spawn(python, [SCRIPT, MODEL, photo, theirs, ...recipe]);
  reference(); // compiles and caches pymatting's kernels once: not rembg's fault
  const result = await versus(3, cut, reference);
  const [a, b] = await Promise.all(
    [ours, theirs].map((path) => sharp(path).extractChannel(3).raw().toBuffer()),
  );
  const difference = a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;
  return {
    ...result,
    target_ratio: 0.6,
    alpha_mean_difference: Number(difference.toFixed(3)),
    target_difference: 1,
  };
}
