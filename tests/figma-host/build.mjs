/** Builds the editor's page into `dist`: one script, one page, a sample picture. */
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { bundleGuest } from './bundle-guest.mjs';

const here = (path) => new URL(path, import.meta.url);
const guest = await bundleGuest();
await rm(here('dist/'), { recursive: true, force: true });
await mkdir(here('dist/'), { recursive: true });
await build({
  absWorkingDir: here('.').pathname,
  entryPoints: ['src/app/main.ts'],
  outfile: 'dist/app.js',
  bundle: true,
  format: 'iife',
  target: 'es2023',
  minify: true,
  logLevel: 'error',
  plugins: [
    {
      name: 'guest-code',
      setup({ onResolve, onLoad }) {
        onResolve({ filter: /^guest-code$/ }, ({ path }) => ({ path, namespace: 'guest-code' }));
        onLoad({ filter: /.*/, namespace: 'guest-code' }, () => ({ contents: guest, loader: 'text' }));
      },
    },
  ],
});
await copyFile(here('src/app/index.html'), here('dist/index.html'));
await copyFile(here('../../packages/cli/sample/photo.jpg'), here('dist/photo.jpg'));
