import { chmod, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** One small entry; commands and what they need load when they are asked for. */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
await rm(here('dist'), { recursive: true, force: true });
await build({
  entryPoints: [here('src/main.ts')],
  outdir: here('dist'),
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
});
await chmod(here('dist/main.js'), 0o755);
