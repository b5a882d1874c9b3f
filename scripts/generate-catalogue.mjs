/** Writes packages/core/src/models/catalogue.json from models/<id>/model.json. `--check` fails instead when it is stale. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../', import.meta.url);
const TARGET = fileURLToPath(new URL('packages/core/src/models/catalogue.json', ROOT));

const manifests = readdirSync(new URL('models/', ROOT))
  .map((id) => new URL(`models/${id}/model.json`, ROOT))
  .filter((file) => existsSync(file))
  .map((file) => JSON.parse(readFileSync(file, 'utf8')))
  .sort((a, b) => (a.id < b.id ? -1 : 1));

const text = `${JSON.stringify(manifests, null, 2)}\n`;
if (process.argv.includes('--check')) {
  if (readFileSync(TARGET, 'utf8') !== text) {
    console.error('catalogue.json is stale: run `npm run generate`');
    process.exitCode = 1;
  }
} else {
  writeFileSync(TARGET, text);
}
