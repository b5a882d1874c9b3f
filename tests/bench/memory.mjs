import { fileURLToPath } from 'node:url';
import { bigPhoto, median, spawn } from './support.mjs';

const CHILD = fileURLToPath(new URL('memory-child.mjs', import.meta.url));
const SAMPLE = fileURLToPath(new URL('../../packages/cli/sample/photo.jpg', import.meta.url));

/** Peak memory on 12 megapixels, and whether the last 100 of 300 pictures cost what the first 100 did. */
export async function memory() {
  const one = child(await bigPhoto(), 1, 'native');
  const { runs } = child(SAMPLE, 300, 'native');
  const [first, last] = [runs.slice(0, 100), runs.slice(200)];
  const drift = (key) =>
    Number((median(last.map((r) => r[key])) / median(first.map((r) => r[key])) - 1).toFixed(3));
  return {
    peak_12mp_mb: Math.round(one.peak_mb),
    target_mb: 700,
    drift_of_300_ms: drift('ms'),
    drift_of_300_rss: drift('rss_mb'),
    target_drift: 0.05,
  };
}

function child(path, count, backend) {
  return JSON.parse(spawn(process.execPath, [CHILD, path, String(count), backend]).toString());
}
