import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { automask, createStandIn } from '@cutkit/core';
import { decodeImage } from '@cutkit/core/node';
import sharp from 'sharp';
import { median, spawn } from './support.mjs';

const SCRIPT = fileURLToPath(new URL('automask.py', import.meta.url));
const [WIDTH, HEIGHT] = [1440, 1096];

/** Cells: 60 discs of different grey on black, each with a nucleus. */
async function scene() {
  const data = new Uint8Array(WIDTH * HEIGHT);
  for (let k = 0; k < 60; k++) {
    const [cx, cy, radius] = [(k * 619) % WIDTH, (k * 337) % HEIGHT, 30 + ((k * 53) % 60)];
    for (let y = Math.max(0, cy - radius); y < Math.min(HEIGHT, cy + radius); y++) {
      for (let x = Math.max(0, cx - radius); x < Math.min(WIDTH, cx + radius); x++) {
        const distance = Math.hypot(x - cx, y - cy);
        if (distance < radius) data[y * WIDTH + x] = 4 + k * 4 + (distance < radius * 0.4 ? 1 : 0);
      }
    }
  }
  const path = join(mkdtempSync(join(tmpdir(), 'cutkit-automask-')), 'cells.png');
  await sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toFile(path);
  return path;
}

/** The same stand-in, whose own time is counted apart. */
function timedStandIn() {
  const inner = createStandIn();
  const clock = { ms: 0 };
  return {
    clock,
    ...inner,
    async decode(...args) {
      const start = performance.now();
      const answer = await inner.decode(...args);
      clock.ms += performance.now() - start;
      return answer;
    },
  };
}

/** Everything but the network of a default run, 32 points a side: ours against the official generator's. */
export async function automaskBenchmark() {
  const path = await scene();
  const { srgb } = await decodeImage(readFileSync(path));
  const runs = [];
  for (let i = 0; i < 4; i++) {
    const model = timedStandIn();
    const start = performance.now();
    let records = 0;
    for await (const _ of automask(model, srgb, { outputMode: 'coco_rle' })) records++;
    runs.push({ records, ms: performance.now() - start - model.clock.ms });
  }
  const ours = { records: runs[0].records, ours_ms: Math.round(median(runs.slice(1).map(({ ms }) => ms))) };
  const python = process.env.CUTKIT_PYTHON;
  if (!python) return { ...ours, skipped: 'set CUTKIT_PYTHON, with segment_anything on PYTHONPATH' };
  const theirs = JSON.parse(String(spawn(python, ['-W', 'ignore', SCRIPT, path])));
  const theirs_ms = Math.round(theirs.total_ms - theirs.stand_in_ms);
  return {
    ...ours,
    theirs_records: theirs.records,
    theirs_ms,
    times_faster: Number((theirs_ms / ours.ours_ms).toFixed(1)),
    target: 8,
  };
}
