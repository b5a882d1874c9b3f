/** Writes packages/core/src/models/catalogue.json from models/<id>/model.json. `--check` fails instead when it is stale. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeOrCheck } from './write-or-check.mjs';

const ROOT = new URL('../', import.meta.url);

const manifests = readdirSync(new URL('models/', ROOT))
  .map((id) => new URL(`models/${id}/model.json`, ROOT))
  .filter((file) => existsSync(file))
  .map((file) => JSON.parse(readFileSync(file, 'utf8')))
  .sort((a, b) => (a.id < b.id ? -1 : 1));

writeOrCheck('catalogue.json', manifests);
