import { bestOf } from '../best.js';
import { floatOutput, floats, inputNames, type PromptContract } from './contract.js';
import { embedFrame } from './embed-frame.js';
import { packOptimum } from './pack-optimum.js';
import { refusePrompts } from './refuse-prompts.js';

const EMBEDDINGS = ['image_embeddings.0', 'image_embeddings.1', 'image_embeddings.2'] as const;

/**
 * SAM 2 as optimum exports it for transformers.js: three levels of embeddings, `input_points [1, P, N, 2]`, int64
 * `input_labels [1, P, N]` and `input_boxes [1, B, 4]` to `pred_masks [1, P, 3, 256, 256]` and `iou_scores [1, P, 3]`.
 * SAM 2 itself makes a box two points, labels 2 and 3; they go in as such, so that prompts with and without boxes share a
 * run, and no box is given. No masks in; for a single answer the best by score is taken.
 */
export const sam2Optimum: PromptContract = {
  id: 'sam2-optimum',
  resize: 'stretch',
  recognises(decoder) {
    const names = inputNames(decoder);
    return names.has('input_points') && names.has('image_embeddings.2');
  },
  embed: (sessions, image, manifest) => embedFrame(sessions, image, manifest, EMBEDDINGS),
  async decode({ decoder }, embedding, prompts, multimask) {
    refusePrompts(prompts, { masks: true });
    const outputs = await decoder.run({
      ...embedding.tensors,
      ...packOptimum(prompts),
      ...(inputNames(decoder).has('input_boxes')
        ? { input_boxes: floats([1, 0, 4], new Float32Array()) }
        : {}),
    });
    const masks = floatOutput(outputs, 'pred_masks');
    const [, , candidates = 3, side = 256] = masks.dims;
    const scores = floatOutput(outputs, 'iou_scores').data;
    const all = { prompts: prompts.length, candidates, side, logits: masks.data, scores };
    return multimask ? all : bestOf(all);
  },
};
