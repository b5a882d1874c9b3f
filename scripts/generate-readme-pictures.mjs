import { mkdirSync, writeFileSync } from 'node:fs';
import { pictures } from './readme-pictures.mjs';

const IMAGES = new URL('../docs/images/', import.meta.url);
mkdirSync(IMAGES, { recursive: true });
for (const [name, bytes] of Object.entries(await pictures())) writeFileSync(new URL(name, IMAGES), bytes);
process.exit(0);
