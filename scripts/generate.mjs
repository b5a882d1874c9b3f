/** Rewrites everything in the tree that is derived: the catalogue, README's model table, README's pictures. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const steps = [
  'generate-catalogue.mjs',
  'generate-derived.mjs',
  'generate-readme-table.mjs',
  'generate-readme-pictures.mjs',
  'generate-segment-anything.mjs',
];
for (const step of steps) {
  execFileSync(process.execPath, [fileURLToPath(new URL(step, import.meta.url))], { stdio: 'inherit' });
}
