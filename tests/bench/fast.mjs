import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { automask, boxOf, decodeRle, expandRle } from '@cutkit/core';
import { decodeImage, openPromptModel } from '@cutkit/core/node';

const CELLS = fileURLToPath(new URL('../../docs/images/segment-anything/cells.jpg', import.meta.url));
/** Thresholds at which the embedded network finds things; its scores are lower than a large network's. */
const OPTIONS = {
  predIouThresh: 0.2,
  stabilityScoreThresh: 0.5,
  stabilityScoreOffset: 0.1,
  outputMode: 'coco_rle',
};

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
  const records = [];
  for await (const record of automask(counting, image, { ...OPTIONS, fast })) records.push(record);
  return {
    asked,
    ms: performance.now() - start,
    boxes: records.map(({ segmentation }) => boxOf(decodeRle(expandRle(segmentation)))),
  };
}

function iou([ax0, ay0, ax1, ay1], [bx0, by0, bx1, by1]) {
  const both =
    Math.max(0, Math.min(ax1, bx1) - Math.max(ax0, bx0)) *
    Math.max(0, Math.min(ay1, by1) - Math.max(ay0, by0));
  return both / ((ax1 - ax0) * (ay1 - ay0) + (bx1 - bx0) * (by1 - by0) - both || 1);
}

/** Fast mode against the full run on the embedded network: questions saved, and how many masks both find. */
export async function fastMode() {
  const model = await openPromptModel({ threads: 2 });
  const { srgb } = await decodeImage(readFileSync(process.env.CUTKIT_PHOTO ?? CELLS));
  const [full, fast] = [await find(model, srgb, false), await find(model, srgb, true)];
  await model.dispose();
  const share = (from, among) =>
    Number(
      (
        from.filter((box) => among.some((other) => iou(box, other) > 0.7)).length / (from.length || 1)
      ).toFixed(2),
    );
  return {
    masks_full: full.boxes.length,
    masks_fast: fast.boxes.length,
    of_full_found: share(full.boxes, fast.boxes),
    of_fast_in_full: share(fast.boxes, full.boxes),
    prompts: Number((fast.asked / full.asked).toFixed(2)),
    time: Number((fast.ms / full.ms).toFixed(2)),
  };
}
