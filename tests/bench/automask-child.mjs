/** Finds everything in 12 megapixels with the stand-in, N points a side; prints milliseconds, records and memory. */
import { readFileSync } from 'node:fs';
import { automask, createStandIn } from '@cutkit/core';
import { decodeImage } from '@cutkit/core/node';

const [path, side] = process.argv.slice(2);
const { srgb } = await decodeImage(readFileSync(path));
const model = createStandIn();
const before = process.resourceUsage().maxRSS / 1024;
const start = performance.now();
let records = 0;
for await (const _ of automask(model, srgb, {
  pointsPerSide: Number(side),
  predIouThresh: 0.6,
  stabilityScoreThresh: 0.6,
  outputMode: 'coco_rle',
}))
  records++;
const ms = performance.now() - start;
console.log(JSON.stringify({ ms, records, rise_mb: process.resourceUsage().maxRSS / 1024 - before }));
