/**
 * Writes packages/core/src/models/derived.json: the embedded files that ship as what another one lacks of them. `--check`
 * fails instead when it is stale.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeOrCheck } from './write-or-check.mjs';

const ROOT = new URL('../', import.meta.url);
/** Each file, and the one it begins with. */
const PAIRS = { 'sam-tiny/encoder.onnx': 'unet-cutout/model.onnx' };

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('packages/core/src/models/onnx/derive.ts', ROOT))],
  bundle: true,
  format: 'esm',
  write: false,
});
const code = `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`;
const { derive } = await import(code);

const read = (name) => new Uint8Array(readFileSync(new URL(`models/${name}`, ROOT)));
const entries = Object.entries(PAIRS).map(([name, base]) => {
  const { runs, rest } = derive(read(base), read(name));
  const path = name.replace(/onnx$/, 'rest');
  const sha256 = createHash('sha256').update(rest).digest('hex');
  return [name, { base, rest: { path, bytes: rest.length, sha256 }, runs }];
});

writeOrCheck('derived.json', Object.fromEntries(entries));
