/** Runs every benchmark, or those named, and keeps the results: `node tests/bench/run.mjs [name…]`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { automaskBenchmark } from './automask.mjs';
import { automaskScale } from './automask-scale.mjs';
import { coldStart } from './cold-start.mjs';
import { datasets } from './datasets.mjs';
import { decoderBenchmark } from './decoder.mjs';
import { fastMode } from './fast.mjs';
import { figma } from './figma.mjs';
import { gallery } from './gallery.mjs';
import { kernels } from './kernels.mjs';
import { memory } from './memory.mjs';
import { overhead } from './overhead.mjs';
import { overlay } from './overlay.mjs';
import { rembg } from './rembg.mjs';
import { stages } from './stages.mjs';
import { vscode } from './vscode.mjs';

const RESULTS = new URL('results/latest.json', import.meta.url);
const ALL = {
  stages,
  overhead,
  memory,
  coldStart,
  rembg,
  automask: automaskBenchmark,
  automaskScale,
  decoder: decoderBenchmark,
  kernels,
  fast: fastMode,
  datasets,
  figma,
  overlay,
  gallery,
  vscode,
};

const names = process.argv.slice(2);
const chosen = Object.entries(ALL).filter(([name]) => names.length === 0 || names.includes(name));
const results = JSON.parse(readFileSync(RESULTS, 'utf8'));
results.machine = { cores: cpus().length, node: process.versions.node };
for (const [name, benchmark] of chosen) {
  results[name] = await benchmark();
  console.log(name, results[name]);
}
writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
process.exit(0);
