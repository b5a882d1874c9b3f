import { bestOf } from '../best.js';
import { floatOutput, inputNames, type PromptContract } from './contract.js';
import { embedFrame } from './embed-frame.js';
import { packOptimum } from './pack-optimum.js';
import { refusePrompts } from './refuse-prompts.js';

const EMBEDDINGS = ['image_embeddings', 'image_positional_embeddings'] as const;

/**
 * SAM as optimum exports it for transformers.js (SlimSAM and others): `input_points [1, P, N, 2]` and int64
 * `input_labels [1, P, N]` to `pred_masks [1, P, 3, 256, 256]` and `iou_scores [1, P, 3]`. Prompts in a dimension of their
 * own, no boxes, no masks in, always three candidates: for a single answer the best by score is taken.
 */
export const optimum: PromptContract = {
  id: 'sam-optimum',
  resize: 'letterbox',
  recognises(decoder) {
    const names = inputNames(decoder);
    return names.has('input_points') && names.has('image_positional_embeddings');
  },
  embed: (sessions, image, manifest) => embedFrame(sessions, image, manifest, EMBEDDINGS),
  async decode({ decoder }, embedding, prompts, multimask) {
    refusePrompts(prompts, { boxes: true, masks: true });
    const outputs = await decoder.run({
      ...embedding.tensors,
      ...packOptimum(prompts),
    });
    const masks = floatOutput(outputs, 'pred_masks');
    const [, , candidates = 3, side = 256] = masks.dims;
    const scores = floatOutput(outputs, 'iou_scores').data;
    const all = { prompts: prompts.length, candidates, side, logits: masks.data, scores };
    return multimask ? all : bestOf(all);
  },
};
