import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

/** One door, no host: parsers and the core stay imports of their own. */
await rm(new URL('dist/', import.meta.url), { recursive: true, force: true });
await build({
  absWorkingDir: new URL('.', import.meta.url).pathname,
  entryPoints: ['src/index.ts'],
  outdir: 'dist',
  bundle: true,
  packages: 'external',
  format: 'esm',
  target: 'es2023',
  sourcemap: true,
});
