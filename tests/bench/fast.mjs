import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { areaOf, automask, decodeRle, expandRle, pixelsOf } from '@cutkit/core';
import { decodeImage, openPromptModel } from '@cutkit/core/node';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const CELLS = at('../../docs/images/segment-anything/cells.jpg');
const SHARED = ['cells-0.png', 'cells-stained.png', 'truck.jpg', 'groceries.jpg', 'dog.jpg', 'car-2.jpg'].map(
  (name) => at(`../../../shared/images/${name}`),
);
/** Thresholds at which the embedded network finds things in all of them; its scores are lower than a large network's. */
const OPTIONS = { predIouThresh: 0.5, stabilityScoreThresh: 0.6, outputMode: 'coco_rle' };
/** IoU from which two masks are of one thing. */
const SAME = 0.7;

async function find(model, image, fast) {
  let asked = 0;
  const counting = {
    ...model,
    decode: (embedding, prompts, multimask) => {
      asked += prompts.length;
      return model.decode(embedding, prompts, multimask);
    },
  };
  const start = performance.now();
  const masks = [];
  for await (const { segmentation } of automask(counting, image, { ...OPTIONS, fast })) {
    const mask = decodeRle(expandRle(segmentation));
    masks.push({ pixels: pixelsOf(mask), area: areaOf(mask) });
  }
  return { asked, ms: performance.now() - start, masks };
}

function iou(a, b) {
  const most = Math.min(a.area, b.area);
  if (most < SAME * Math.max(a.area, b.area)) return 0;
  let both = 0;
  for (let i = 0; i < a.pixels.length; i++) both += a.pixels[i] & b.pixels[i];
  return both / (a.area + b.area - both);
}

/** Fast mode against the full run on the embedded network, over all pictures: questions and time saved, masks that both find. */
export async function fastMode() {
  const model = await openPromptModel({ threads: 2 });
  const pictures = existsSync(SHARED[0]) ? SHARED : [CELLS];
  const runs = [];
  for (const path of pictures) {
    const { srgb } = await decodeImage(readFileSync(path));
    runs.push({ full: await find(model, srgb, false), fast: await find(model, srgb, true) });
  }
  await model.dispose();
  const mean = (of) => Number((runs.reduce((sum, run) => sum + of(run), 0) / runs.length).toFixed(2));
  const found = (from, among) =>
    from.masks.filter((mask) => among.masks.some((other) => iou(mask, other) > SAME)).length /
    (from.masks.length || 1);
  return {
    pictures: runs.length,
    masks: runs.map(({ full, fast }) => [full.masks.length, fast.masks.length]),
    of_full_found: mean(({ full, fast }) => found(full, fast)),
    of_fast_in_full: mean(({ full, fast }) => found(fast, full)),
    prompts: mean(({ full, fast }) => fast.asked / full.asked),
    time: mean(({ full, fast }) => fast.ms / full.ms),
  };
}
