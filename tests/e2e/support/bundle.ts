import { copyFile, cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const { resolve } = createRequire(import.meta.url);
const HERE = new URL('../browser/', import.meta.url);

/** Builds the test page as a site would: bundled code, with the runtime's WASM and the embedded models beside it. */
export async function bundlePage(): Promise<string> {
  const site = await mkdtemp(join(tmpdir(), 'cutkit-page-'));
  await build({
    entryPoints: {
      page: fileURLToPath(new URL('page.ts', HERE)),
      worker: fileURLToPath(new URL('worker.ts', HERE)),
    },
    outdir: site,
    bundle: true,
    format: 'esm',
    target: 'es2023',
    logLevel: 'error',
  });
  const ort = dirname(resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'));
  await mkdir(join(site, 'ort'));
  for (const file of ['ort-wasm-simd-threaded.wasm', 'ort-wasm-simd-threaded.mjs']) {
    await copyFile(join(ort, file), join(site, 'ort', file));
  }
  // Where the bundled copy of the runtime looks: beside the script.
  await copyFile(join(ort, 'ort-wasm-simd-threaded.wasm'), join(site, 'ort-wasm-simd-threaded.wasm'));
  const core = dirname(resolve('@cutkit/core/package.json'));
  await cp(join(core, 'dist/models'), join(site, 'models'), { recursive: true });
  await copyFile(
    fileURLToPath(new URL('../../../packages/cli/sample/photo.jpg', import.meta.url)),
    join(site, 'photo.jpg'),
  );
  await writeFile(join(site, 'index.html'), '<!doctype html><script type="module" src="page.js"></script>');
  return site;
}
