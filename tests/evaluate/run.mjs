/**
 * Scores of the embedded cut-out model on the held-out pictures, by the path that a user takes: `npm run evaluate -- DATA`.
 * Prints them beside the ones that the workshop measured in Python, and fails when they differ by more than 0.002.
 * A version that was not scored before gets its row in scores.jsonl.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeImage, openRemover } from '@cutkit/core/node';
import { measure, summarise } from './metrics.mjs';
import { readPack } from './packs.mjs';

const SCORES = new URL('scores.jsonl', import.meta.url);
const PEOPLE = ['ccp', 'vikram-human'];
const AGREEMENT = 0.002;

const data = process.argv[2] ?? '../shared/data';
const packFile = join(data, 'eval_fg_dev.tar');
if (!existsSync(packFile)) {
  console.error(`${packFile} is not there: give the folder of the evaluation packs`);
  process.exit(2);
}
const pack = await readPack(packFile);
const remover = await openRemover();
const sets = new Map();
for (const row of pack.rows) {
  const { raster } = await decodeImage(pack.read(row, 'image'));
  const truth = await decodeImage(pack.read(row, 'alpha'));
  const { alpha } = await remover.remove(raster, { decontaminate: false });
  const name = PEOPLE.includes(row.src) ? 'people' : row.src;
  const plane = Uint8Array.from(
    { length: alpha.data.length },
    (_, i) => truth.raster.data[i * truth.raster.channels],
  );
  sets.set(name, [...(sets.get(name) ?? []), measure(alpha.data, plane)]);
}
const scores = {};
for (const [name, results] of [...sets].sort()) {
  for (const [key, value] of Object.entries(summarise(results)))
    scores[`${name}_${key}`] = Number(value.toFixed(3));
}
const { id, files, scores: python = {} } = remover.manifest;
console.table(
  Object.fromEntries(Object.keys(scores).map((key) => [key, { product: scores[key], python: python[key] }])),
);
const { sha256 } = files.model;
const known = existsSync(SCORES) ? readFileSync(SCORES, 'utf8') : '';
if (!known.includes(sha256)) appendFileSync(SCORES, `${JSON.stringify({ id, sha256, ...scores })}\n`);
const apart = Object.keys(scores).filter((key) => Math.abs(scores[key] - python[key]) > AGREEMENT);
if (apart.length > 0) console.error(`differs from Python by more than ${AGREEMENT}: ${apart.join(', ')}`);
process.exit(apart.length > 0 ? 1 : 0);
