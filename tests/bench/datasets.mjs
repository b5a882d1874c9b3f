import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from './support.mjs';

const CHILD = fileURLToPath(new URL('datasets-child.mjs', import.meta.url));
const [IMAGES, ANNOTATIONS] = [100_000, 1_000_000];

/** A COCO file of a million annotations: what indexing costs in time and memory, and one image after that. */
export async function datasets() {
  const folder = mkdtempSync(join(tmpdir(), 'cutkit-bench-'));
  const path = join(folder, 'instances.json');
  try {
    await writeCoco(path);
    const bytes = statSync(path).size;
    const measured = JSON.parse(spawn(process.execPath, [CHILD, path]).toString());
    return {
      file_mb: Math.round(bytes / 1e6),
      index_s: Number((measured.index_ms / 1000).toFixed(1)),
      target_index_s: 30,
      index_mb_per_s: Math.round(bytes / 1e3 / measured.index_ms),
      peak_mb: Math.round(measured.peak_mb),
      memory_of_file: Number((measured.peak_mb / (bytes / 1e6)).toFixed(2)),
      target_memory_of_file: 4,
      first_image_ms: Math.round(measured.first_ms),
      image_ms: Number(measured.median_ms.toFixed(1)),
      target_image_ms: 50,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Polygons of 30 corners in no order of images, as trackers and crowdsourcing leave them: the hard case. */
async function writeCoco(path) {
  const out = createWriteStream(path);
  const write = async (text) => {
    if (!out.write(text)) await once(out, 'drain');
  };
  let seed = 1;
  const random = () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  await write('{"info": {}, "images": [');
  for (let i = 0; i < IMAGES; i++) {
    await write(`${i ? ', ' : ''}{"id": ${i + 1}, "file_name": "${i}.jpg", "width": 640, "height": 480}`);
  }
  await write('], "annotations": [');
  for (let i = 0; i < ANNOTATIONS; i++) {
    const corners = Array.from({ length: 60 }, (_, k) => (random() * (k % 2 ? 480 : 640)).toFixed(2)).join(
      ', ',
    );
    const image = 1 + Math.floor(random() * IMAGES);
    await write(
      `${i ? ', ' : ''}{"segmentation": [[${corners}]], "area": 812.5, "iscrowd": 0, "image_id": ${image}, "bbox": [1.5, 2.5, 30.25, 40.5], "category_id": ${1 + (i % 80)}, "id": ${i + 1}}`,
    );
  }
  const categories = Array.from({ length: 80 }, (_, i) => `{"id": ${i + 1}, "name": "class ${i}"}`);
  await write(`], "categories": [${categories.join(', ')}]}`);
  out.end();
  await once(out, 'close');
}
