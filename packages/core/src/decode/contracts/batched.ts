import {
  floatOutput,
  floats,
  inputNames,
  type PromptContract,
  packPoints,
  takeCandidates,
} from './contract.js';
import { embedFrame } from './embed-frame.js';

/**
 * Cutkit's own decoder: prompts in the batch dimension. `image_embeddings [1, C, h, w]`, `point_coords [P, N, 2]` in frame
 * pixels, `point_labels [P, N]`, `mask_input [P, 1, 4h, 4w]`, `has_mask_input [P]` to `low_res_masks [P, 4, 4h, 4w]` and
 * `iou_predictions [P, 4]`: the single mask, then three candidates. The encoder takes a normalised frame, `[1, 3, S, S]`.
 */
export const batched: PromptContract = {
  id: 'sam-batched',
  resize: 'letterbox',
  recognises(decoder) {
    const names = inputNames(decoder);
    return (
      names.has('point_coords') &&
      names.has('has_mask_input') &&
      !names.has('orig_im_size') &&
      !names.has('high_res_feats_0')
    );
  },
  embed: (sessions, image, manifest) => embedFrame(sessions, image, manifest),
  async decode({ decoder }, embedding, prompts, multimask) {
    const image = embedding.tensors['image_embeddings']!;
    const side = 4 * image.dims[2]!;
    const { count, coords, labels } = packPoints(prompts, true);
    const masks = new Float32Array(prompts.length * side * side);
    const hasMask = new Float32Array(prompts.length);
    for (const [p, { mask }] of prompts.entries()) {
      if (!mask) continue;
      masks.set(mask, p * side * side);
      hasMask[p] = 1;
    }
    const outputs = await decoder.run({
      image_embeddings: image,
      point_coords: floats([prompts.length, count, 2], coords),
      point_labels: floats([prompts.length, count], labels),
      mask_input: floats([prompts.length, 1, side, side], masks),
      has_mask_input: floats([prompts.length], hasMask),
    });
    const logits = floatOutput(outputs, 'low_res_masks');
    const candidates = logits.dims[1]!;
    const scores = floatOutput(outputs, 'iou_predictions').data;
    const all = { prompts: prompts.length, candidates, side, logits: logits.data, scores };
    return multimask ? takeCandidates(all, 1, candidates) : takeCandidates(all, 0, 1);
  },
};
