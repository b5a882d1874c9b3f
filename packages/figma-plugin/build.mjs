/**
 * Builds what Figma is given, into `dist`: `manifest.json`, `code.js` for its virtual machine, and `ui.html`, one page that holds
 * window, engine, runtime and networks, and asks the network for nothing.
 */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Bytes that `ui.html` may have. */
const BUDGET = 14_000_000;
/** Characters that one piece of a packed text has: above 65,536 a browser's text nodes are joined again and again. */
const PIECE = 60_000;

const { resolve } = createRequire(import.meta.url);
const here = (path) => new URL(path, import.meta.url).pathname;
const base = {
  absWorkingDir: here('.'),
  bundle: true,
  minify: true,
  logLevel: 'error',
  legalComments: 'none',
};

await rm(here('dist/'), { recursive: true, force: true });
await mkdir(here('dist/'), { recursive: true });

await build({
  ...base,
  entryPoints: ['src/main/main.ts'],
  outfile: 'dist/code.js',
  format: 'iife',
  target: 'es2019',
});
const worker = await text('src/engine/worker.ts', { plugins: [onlyWasm()] });
const app = await text('src/ui/main.tsx', {
  jsx: 'automatic',
  jsxImportSource: 'preact',
  plugins: [onlyWasm()],
});
const style = await text('src/ui/style.css', {});
const page = await readFile(here('src/ui/ui.html'), 'utf8');

const { compressRuntime, pack, packModels, toBase91 } = await load('src/packing/pack.ts');
const wasm = await readFile(resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'));
const runtime = toBase91(await kept(wasm, compressRuntime));
const models = {};
for (const [name, model, role] of [
  ['cutout', 'unet-cutout', 'model'],
  ['encoder', 'sam-tiny', 'encoder'],
  ['decoder', 'sam-tiny', 'decoder'],
]) {
  const folder = here(`../../models/${model}/`);
  const { files } = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'));
  models[name] = await readFile(join(folder, files[role].path));
}
const { streams, recipes } = packModels(models);

const packed = { engine: pack(Buffer.from(worker)), runtime, recipes: JSON.stringify(recipes) };
for (const [name, stream] of Object.entries(streams)) packed[`weights-${name}`] = stream;
const parts = {
  style: `<style>${style}</style>`,
  app: `<script>${inScript(app)}</script>`,
  packed: Object.entries(packed)
    .flatMap(([name, content]) =>
      content
        .match(new RegExp(`[^]{1,${PIECE}}`, 'g'))
        .map((piece) => `<script type="text/plain" data-packed="${name}">${piece}</script>`),
    )
    .join('\n'),
};
const html = page.replace(/<!-- (\w+) -->/g, (_, name) => parts[name]);
const size = Buffer.byteLength(html);
if (size > BUDGET) throw new Error(`ui.html has ${size} bytes, more than ${BUDGET}: train smaller networks`);
await writeFile(here('dist/ui.html'), html);
await copyFile(here('manifest.json'), here('dist/manifest.json'));

/** An entry bundled to one script or style sheet. */
async function text(entry, options) {
  const { outputFiles } = await build({
    ...base,
    entryPoints: [entry],
    format: 'iife',
    target: 'es2022',
    write: false,
    ...options,
  });
  return outputFiles[0].text;
}

/** A module of our own sources, for this script. */
async function load(entry) {
  const outfile = join(tmpdir(), `cutkit-figma-${process.pid}.mjs`);
  await build({ ...base, entryPoints: [entry], outfile, format: 'esm', platform: 'node' });
  const module = await import(pathToFileURL(outfile).href);
  await rm(outfile);
  return module;
}

/** What `make` makes of `bytes`, from a cache when they are the same as before: brotli at its best takes half a minute. */
async function kept(bytes, make) {
  const folder = here('../../node_modules/.cache/cutkit/');
  const file = join(folder, `${createHash('sha256').update(bytes).digest('hex')}.br`);
  try {
    return await readFile(file);
  } catch {
    const made = make(bytes);
    await mkdir(folder, { recursive: true });
    await writeFile(file, made);
    return made;
  }
}

/** A script inside HTML must not hold the words that would end it. */
function inScript(code) {
  return code.replaceAll(/<\/script/gi, '<\\/script').replaceAll('<!--', '<\\!--');
}

/** WebGPU is not to be had in the plugin's worker: its half of the runtime stays out. */
function onlyWasm() {
  return {
    name: 'only-wasm',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^onnxruntime-web\/webgpu$/ }, ({ path }) => ({ path, namespace: 'absent' }));
      onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'export {}' }));
    },
  };
}
