/** The guide's pictures and the numbers in its text: `node scripts/generate-segment-anything.mjs [cells-defaults…]`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { everythingPictures, promptPictures } from './segment-anything-pictures.mjs';

const IMAGES = new URL('../docs/images/segment-anything/', import.meta.url);
const GUIDE = new URL('../docs/segment-anything.md', import.meta.url);

const prompts = await promptPictures();
for (const [name, { bytes }] of Object.entries(prompts)) writeFileSync(new URL(`${name}.jpg`, IMAGES), bytes);
const named = process.argv.slice(2);
const everything = await everythingPictures(named.length > 0 ? named : undefined);
for (const [name, { bytes }] of Object.entries(everything))
  writeFileSync(new URL(`${name}.jpg`, IMAGES), bytes);

// The guide says what came out, between <!-- NAME --> and <!-- / -->.
let guide = readFileSync(GUIDE, 'utf8');
const say = (name, text) => {
  guide = guide.replace(new RegExp(`(<!-- ${name} -->)[^<]*(<!-- / -->)`), `$1${text}$2`);
};
for (const [name, { score }] of Object.entries(prompts)) say(name, score.toFixed(2));
for (const [name, { masks }] of Object.entries(everything)) say(name, String(masks));
writeFileSync(GUIDE, guide);
process.exit(0);
