import manifests from './catalogue.json' with { type: 'json' };
import { type Manifest, parseManifest } from './manifest.js';

/** Every model that Cutkit knows by id. The JSON is generated from `models/<id>/model.json` (`npm run generate`). */
export const CATALOGUE: readonly Manifest[] = manifests.map((json) => parseManifest(json, json.id));
