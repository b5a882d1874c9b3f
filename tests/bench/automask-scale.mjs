import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { spawn } from './support.mjs';

const CHILD = fileURLToPath(new URL('automask-child.mjs', import.meta.url));
const [WIDTH, HEIGHT, CELL] = [4000, 3000, 250];

/** 192 squares of different grey on 12 megapixels. */
async function scene() {
  const data = new Uint8Array(WIDTH * HEIGHT);
  for (let i = 0; i < data.length; i++) {
    const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
    if (x % CELL > 60 && y % CELL > 60)
      data[i] = 4 + ((Math.floor(x / CELL) + 16 * Math.floor(y / CELL)) % 250);
  }
  const path = join(mkdtempSync(join(tmpdir(), 'cutkit-scale-')), 'squares.png');
  await sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toFile(path);
  return path;
}

/** Whether time is linear in the points and memory flat, and the peak at 1024 points, on 12 megapixels. */
export async function automaskScale() {
  const path = await scene();
  const run = (side) => JSON.parse(String(spawn(process.execPath, [CHILD, path, String(side)])));
  const [quarter, whole] = [run(16), run(32)];
  return {
    rise_1024_points_mb: Math.round(whole.rise_mb),
    target_rise_mb: 500,
    records: whole.records,
    ms_a_point_256: Number((quarter.ms / 256).toFixed(2)),
    ms_a_point_1024: Number((whole.ms / 1024).toFixed(2)),
    memory_1024_against_256: Number((whole.rise_mb / quarter.rise_mb).toFixed(2)),
  };
}
