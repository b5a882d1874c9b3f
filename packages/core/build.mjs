import { cp, readFile, rm } from 'node:fs/promises';
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
// Of an embedded model only what runs ships: its card and evaluation stay in the repository.
for (const model of ['unet-cutout', 'sam-tiny', 'unet-cells']) {
  const from = new URL(`../../models/${model}/`, import.meta.url);
  const { files } = JSON.parse(await readFile(new URL('model.json', from), 'utf8'));
  for (const name of ['model.json', ...Object.values(files).map(({ path }) => path)]) {
    await cp(new URL(name, from), new URL(`models/${model}/${name}`, dist));
  }
}
