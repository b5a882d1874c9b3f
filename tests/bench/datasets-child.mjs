/** Opens one COCO file in this process, reads images all over it, and prints times and the peak of memory. */
import { open, readdir, stat } from 'node:fs/promises';
import { openDataset } from '@cutkit/datasets';
import { median, time } from './support.mjs';

const [path] = process.argv.slice(2);
const fs = {
  async stat(file) {
    const found = await stat(file).catch(() => undefined);
    return (
      found && { type: found.isDirectory() ? 'folder' : 'file', size: found.size, modified: found.mtimeMs }
    );
  },
  async list(folder) {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.map((entry) => ({ name: entry.name, type: entry.isDirectory() ? 'folder' : 'file' }));
  },
  async read(file, range) {
    const handle = await open(file);
    try {
      const { start, end } = range ?? { start: 0, end: (await handle.stat()).size };
      const bytes = new Uint8Array(end - start);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
      return bytes.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  },
};

let dataset;
const indexed = await time(async () => {
  dataset = await openDataset(fs, path);
});
const times = [];
for (let i = 0; i < 200; i++) times.push(await time(() => dataset.read((i * 7919) % dataset.images.length)));
const report = { index_ms: indexed, first_ms: times[0], median_ms: median(times) };
console.log(JSON.stringify({ ...report, peak_mb: process.resourceUsage().maxRSS / 1000 }));
