import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { listFiles, PackageManager } from '@vscode/vsce';
import { describe, expect, it } from 'vitest';

const HERE = fileURLToPath(new URL('../', import.meta.url));
const LIMIT = 15 * 2 ** 20;

/** Everything is bundled: no package is looked for. */
const packed = () => listFiles({ cwd: HERE, packageManager: PackageManager.None });

describe('the package', () => {
  it('holds what runs and nothing else', async () => {
    const files = (await packed()).filter((file) => file !== 'LICENSE').sort();
    expect(files).toEqual([
      'CHANGELOG.md',
      'README.md',
      'dist/extension.cjs',
      'dist/extension.web.js',
      'dist/models/sam-tiny/decoder.onnx',
      'dist/models/sam-tiny/encoder.rest',
      'dist/models/sam-tiny/model.json',
      'dist/models/unet-cutout/model.json',
      'dist/models/unet-cutout/model.onnx',
      'dist/node-models.mjs',
      'dist/node-shared.mjs',
      'dist/node-worker.mjs',
      'dist/ort/ort-wasm-simd-threaded.mjs',
      'dist/ort/ort-wasm-simd-threaded.wasm',
      'dist/ort/ort.node.mjs',
      'dist/parts.cjs',
      'dist/webview/batch.css',
      'dist/webview/batch.js',
      'dist/webview/codicon.ttf',
      'dist/webview/editor.css',
      'dist/webview/editor.js',
      'dist/webview/gallery.css',
      'dist/webview/gallery.js',
      'l10n/bundle.l10n.de.json',
      'media/icon.png',
      'media/walkthrough/annotate.webp',
      'media/walkthrough/gallery.webp',
      'media/walkthrough/lint.webp',
      'media/walkthrough/preview.webp',
      'package.json',
      'package.nls.de.json',
      'package.nls.json',
    ]);
  });

  it('stays within 15 MB', async () => {
    const files = await packed();
    const bytes = files.map((file) => gzipSync(readFileSync(join(HERE, file))).length);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(LIMIT);
  });

  it('asks for nothing but the workbench in the browser’s bundle', () => {
    const bundle = readFileSync(join(HERE, 'dist/extension.web.js'), 'utf8');
    const asked = [...bundle.matchAll(/\b(?:require|import)\(\s*(["'`])(.*?)\1/g)].map(([, , name]) => name);
    expect([...new Set(asked)]).toEqual(['vscode']);
    expect(bundle).not.toMatch(/\b(?:process\.|Buffer\.|__dirname)/);
  });
});
