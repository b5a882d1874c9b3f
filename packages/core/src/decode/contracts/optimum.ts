import { bestOf } from '../best.js';
import { floatOutput, floats, inputNames, type PromptContract } from './contract.js';
import { embedFrame } from './embed-frame.js';
import { refusePrompts } from './refuse-prompts.js';

const EMBEDDINGS = ['image_embeddings', 'image_positional_embeddings'] as const;
/** Pads a shorter prompt in optimum's exports; they add the official pad themselves. */
const PAD = -10n;

/**
 * SAM as optimum exports it for transformers.js (SlimSAM and others): `input_points [1, P, N, 2]` and int64
 * `input_labels [1, P, N]` to `pred_masks [1, P, 3, 256, 256]` and `iou_scores [1, P, 3]`. Prompts in a dimension of their
 * own, no boxes, no masks in, always three candidates: for a single answer the best by score is taken.
 */
export const optimum: PromptContract = {
  id: 'sam-optimum',
  recognises({ decoder }) {
    const names = inputNames(decoder);
    return names.has('input_points') && names.has('image_positional_embeddings');
  },
  embed: (sessions, image, manifest) => embedFrame(sessions, image, manifest, EMBEDDINGS),
  async decode({ decoder }, embedding, prompts, multimask) {
    refusePrompts(prompts, { boxes: true, masks: true });
    const count = Math.max(1, ...prompts.map(({ points }) => points.length));
    const coords = new Float32Array(prompts.length * count * 2);
    const labels = new BigInt64Array(prompts.length * count).fill(PAD);
    for (const [p, prompt] of prompts.entries()) {
      for (const [n, point] of prompt.points.entries()) coords.set(point, (p * count + n) * 2);
      labels.set(prompt.labels.map(BigInt), p * count);
    }
    const outputs = await decoder.run({
      ...embedding.tensors,
      input_points: floats([1, prompts.length, count, 2], coords),
      input_labels: { type: 'int64', dims: [1, prompts.length, count], data: labels },
    });
    const masks = floatOutput(outputs, 'pred_masks');
    const [, , candidates = 3, side = 256] = masks.dims;
    const scores = floatOutput(outputs, 'iou_scores').data;
    const all = { prompts: prompts.length, candidates, side, logits: masks.data, scores };
    return multimask ? all : bestOf(all);
  },
};
