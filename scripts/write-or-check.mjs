import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Writes a derived JSON file of the core's models; with `--check`, fails instead when it is stale. */
export function writeOrCheck(name, content) {
  const file = fileURLToPath(new URL(`../packages/core/src/models/${name}`, import.meta.url));
  const text = `${JSON.stringify(content, null, 2)}\n`;
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
  } else if (readFileSync(file, 'utf8') !== text) {
    console.error(`${name} is stale: run \`npm run generate\``);
    process.exitCode = 1;
  }
}
