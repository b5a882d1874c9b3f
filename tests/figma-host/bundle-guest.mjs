import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The code that gives a virtual machine its `figma`, as one script. */
export async function bundleGuest() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('src/guest/index.ts', import.meta.url))],
    bundle: true,
    format: 'iife',
    target: 'es2020',
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0].text;
}
