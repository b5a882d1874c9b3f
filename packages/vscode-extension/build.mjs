import { copyFile, cp, mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Three places where code runs, a bundle for each: the extension host (Node, and a web worker in browsers), a thread of
 * the former that runs networks, and the webviews, each with one script and one stylesheet.
 */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { resolve } = createRequire(import.meta.url);
const dist = here('dist');

const common = {
  absWorkingDir: here('.'),
  bundle: true,
  target: 'es2023',
  minify: true,
  sourcemap: false,
  legalComments: 'none',
  logLevel: 'warning',
};

/** One WASM runtime serves all: the WebGPU build's own, larger one would double the package. */
const onlyWasm = {
  name: 'only-wasm',
  setup({ onResolve }) {
    onResolve({ filter: /^onnxruntime-web(\/(webgpu|wasm))?$/ }, () => ({
      path: resolve('onnxruntime-web/wasm').replace('ort.wasm.min.js', 'ort.wasm.bundle.min.mjs'),
    }));
  },
};

/** The runtime for Node finds its WASM beside itself, and starts its threads from there. */
const runtimeBeside = {
  name: 'runtime-beside',
  setup({ onResolve }) {
    onResolve({ filter: /^onnxruntime-web(\/.*)?$/ }, () => ({
      path: './ort/ort.node.mjs',
      external: true,
    }));
  },
};

/** `worker:FILE` is the bundled source of a worker, as text. */
const workerSource = {
  name: 'worker-source',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^worker:/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.slice('worker:'.length)),
      namespace: 'worker',
    }));
    onLoad({ filter: /.*/, namespace: 'worker' }, async ({ path }) => {
      const bundled = await build({
        ...common,
        entryPoints: [path],
        format: 'esm',
        platform: 'browser',
        plugins: [onlyWasm],
        write: false,
      });
      return { contents: bundled.outputFiles[0].text, loader: 'text' };
    });
  },
};

/**
 * What the extension loads later is a bundle beside it. Browsers' hosts load one file only, and have it inside. It is required, not
 * imported: only so is the module `vscode` found.
 */
const partsBeside = {
  name: 'parts-beside',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/parts\.js$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: 'parts', namespace: 'beside' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'beside' }, () => ({
      contents: "module.exports = require('./parts.cjs');",
    }));
    onResolve({ filter: /\/parts\.cjs$/ }, ({ path }) => ({ path, external: true }));
  },
};

await rm(dist, { recursive: true, force: true });
await Promise.all([
  build({
    ...common,
    entryPoints: { extension: 'src/extension.ts', parts: 'src/host/parts.ts' },
    outdir: dist,
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    platform: 'node',
    external: ['vscode'],
    plugins: [partsBeside],
  }),
  build({
    ...common,
    // Browsers' hosts append `.js` to any other name.
    entryPoints: { 'extension.web': 'src/extension.web.ts' },
    outdir: dist,
    format: 'cjs',
    platform: 'browser',
    external: ['vscode'],
  }),
  build({
    ...common,
    entryPoints: {
      'node-worker': 'src/engine/node-worker.ts',
      'node-models': 'src/host/inference/node-models.ts',
    },
    outdir: dist,
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    platform: 'node',
    // What both need is packed once.
    splitting: true,
    chunkNames: 'node-shared',
    // Native parts that a user may have installed; without them the WASM runtime takes over.
    external: ['sharp', 'onnxruntime-node'],
    plugins: [runtimeBeside],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  }),
  build({
    ...common,
    entryPoints: {
      editor: 'src/webview/editor/main.ts',
      gallery: 'src/webview/gallery/main.ts',
      batch: 'src/webview/batch/main.ts',
    },
    outdir: join(dist, 'webview'),
    format: 'esm',
    platform: 'browser',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    plugins: [workerSource],
  }),
]);

const ort = dirname(resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'));
await mkdir(join(dist, 'ort'), { recursive: true });
for (const file of ['ort-wasm-simd-threaded.wasm', 'ort-wasm-simd-threaded.mjs']) {
  await copyFile(join(ort, file), join(dist, 'ort', file));
}
await build({
  ...common,
  entryPoints: [join(ort, 'ort.node.min.mjs')],
  outfile: join(dist, 'ort/ort.node.mjs'),
  format: 'esm',
  platform: 'node',
});
for (const model of ['sam-tiny', 'unet-cutout']) {
  await cp(here(`../core/dist/models/${model}`), join(dist, 'models', model), { recursive: true });
}
