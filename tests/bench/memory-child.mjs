/** Cuts one picture N times in this process and prints its peak memory and every run's milliseconds. */
import { readFileSync } from 'node:fs';
import { openRemover, removeBackground } from '@cutkit/core/node';

const [path, count, backend] = process.argv.slice(2);
const remover = await openRemover({ backend });
const photo = readFileSync(path);
const runs = [];
for (let i = 0; i < Number(count); i++) {
  const start = performance.now();
  await removeBackground(photo, { remover });
  runs.push({ ms: performance.now() - start, rss_mb: process.memoryUsage().rss / 2 ** 20 });
}
console.log(JSON.stringify({ peak_mb: process.resourceUsage().maxRSS / 1024, runs }));
process.exit(0);
