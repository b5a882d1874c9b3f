/**
 * Scores of the embedded models on the held-out pictures, by the path that a user takes:
 * `npm run evaluate -- [DATA] [--model ID] [--flip]`. Prints them beside the ones that the workshop measured in Python, and fails
 * when they differ by more than 0.002. A version that was not scored before gets its row in scores.jsonl. With `--flip` the
 * pictures are looked at twice, which the cell network does not do.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { evaluateCells } from './cells.mjs';
import { evaluateClicks } from './clicks.mjs';
import { evaluateCutout } from './cutout.mjs';

const SCORES = new URL('scores.jsonl', import.meta.url);
const AGREEMENT = 0.002;
/** Numbers of clicks are apart by more: where one answer differs in a pixel, the clicks that follow are others. */
const CLICKS_APART = 0.2;
const EVALUATORS = { 'unet-cutout': evaluateCutout, 'sam-tiny': evaluateClicks, 'unet-cells': evaluateCells };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { model: { type: 'string', multiple: true }, flip: { type: 'boolean', default: false } },
});
const [data = '../shared/data'] = positionals;
if (!existsSync(data)) {
  console.error(`${data} is not there: give the folder of the evaluation packs`);
  process.exit(2);
}
const { flip } = values;
for (const id of values.model ?? Object.keys(EVALUATORS)) {
  const evaluation = JSON.parse(readFileSync(new URL(`../../models/${id}/evaluation.json`, import.meta.url)));
  const python = evaluation[flip ? 'flip' : 'int8'];
  if (!python) continue;
  const { manifest, scores } = await EVALUATORS[id](data, flip);
  const { files } = manifest;
  console.log(id);
  console.table(
    Object.fromEntries(
      Object.keys(scores).map((key) => [key, { product: scores[key], python: python[key] }]),
    ),
  );
  const sha256 = Object.values(files)
    .map((file) => file.sha256.slice(0, 16))
    .join('+');
  const known = existsSync(SCORES) ? readFileSync(SCORES, 'utf8') : '';
  if (!flip && !known.includes(sha256)) {
    const date = new Date().toISOString().slice(0, 10);
    appendFileSync(SCORES, `${JSON.stringify({ id, date, sha256, ...scores })}\n`);
  }
  const limit = (key) =>
    key.includes('noc') ? CLICKS_APART : AGREEMENT * Math.max(1, Math.abs(python[key])) + 1e-9;
  const apart = Object.keys(scores).filter((key) => !(Math.abs(scores[key] - python[key]) <= limit(key)));
  if (apart.length === 0) continue;
  console.error(`${id} differs from Python by more than ${AGREEMENT}: ${apart.join(', ')}`);
  process.exitCode = 1;
}
