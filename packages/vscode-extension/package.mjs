/** Packs the extension as the Marketplace takes it: `node package.mjs [FILE.vsix]`. Build first. */
import { copyFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const [packagePath = here('cutkit-vscode.vsix')] = process.argv.slice(2);

await copyFile(here('../../LICENSE'), here('LICENSE'));
try {
  await createVSIX({ cwd: here('.'), packagePath, dependencies: false });
} finally {
  await rm(here('LICENSE'));
}
