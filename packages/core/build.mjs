import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

/** One module graph for three doors: the pure core, Node and browsers. Runtimes and codecs stay imports of their own. */
const dist = new URL('dist/', import.meta.url);
await rm(dist, { recursive: true, force: true });
await build({
  absWorkingDir: new URL('.', import.meta.url).pathname,
  entryPoints: ['src/index.ts', 'src/node.ts', 'src/browser.ts', 'src/worker.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  packages: 'external',
  format: 'esm',
  target: 'es2023',
  sourcemap: true,
});
// Of an embedded model only what runs ships: its card and evaluation stay in the repository. Of a file that begins with
// another one, only what that one lacks.
const derived = JSON.parse(await readFile(new URL('src/models/derived.json', import.meta.url), 'utf8'));
const models = new URL('../../models/', import.meta.url);
for (const model of ['unet-cutout', 'sam-tiny', 'unet-cells']) {
  const { files } = JSON.parse(await readFile(new URL(`${model}/model.json`, models), 'utf8'));
  await mkdir(new URL(`models/${model}/`, dist), { recursive: true });
  for (const name of ['model.json', ...Object.values(files).map(({ path }) => path)].map(
    (path) => `${model}/${path}`,
  )) {
    if (derived[name]) await writeRest(name, derived[name]);
    else await cp(new URL(name, models), new URL(`models/${name}`, dist));
  }
}

async function writeRest(name, { rest, runs }) {
  const file = await readFile(new URL(name, models));
  const own = [];
  let at = 0;
  for (const [stream, , length] of runs) {
    if (stream === 'rest') own.push(file.subarray(at, at + length));
    at += length;
  }
  await writeFile(new URL(`models/${rest.path}`, dist), Buffer.concat(own));
}
