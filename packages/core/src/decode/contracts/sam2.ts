import { bestOf } from '../best.js';
import type { FramePrompt } from '../prompt-model.js';
import { floatOutput, floats, inputNames, type PromptContract, packPoints } from './contract.js';
import { embedFrame } from './embed-frame.js';

const EMBEDDINGS = ['high_res_feats_0', 'high_res_feats_1', 'image_embed'] as const;
/** Side of the logits, a quarter of SAM 2's frame. */
const SIDE = 256;
/** SAM 2 clamps what it is fed back. */
const CLAMP = 32;

/**
 * SAM 2 as samexporter and others export it: the picture is stretched to the frame, the decoder takes
 * `point_coords [P, N, 2]`, `point_labels [P, N]`, masks in, and gives `masks [P, 3, 256, 256]` with `iou_predictions
 * [P, 3]`. It adds the half pixel and the pad itself. For a single answer the best by score is taken.
 */
export const sam2: PromptContract = {
  id: 'sam2',
  resize: 'stretch',
  recognises(decoder) {
    return inputNames(decoder).has('high_res_feats_0');
  },
  embed: (sessions, image, manifest) => embedFrame(sessions, image, manifest, EMBEDDINGS),
  async decode({ decoder }, embedding, prompts, multimask) {
    const { count, coords, labels } = packPoints(prompts, false);
    const outputs = await decoder.run({
      ...embedding.tensors,
      point_coords: floats([prompts.length, count, 2], coords),
      point_labels: floats([prompts.length, count], labels),
      ...maskFeeds(prompts),
    });
    const masks = floatOutput(outputs, 'masks');
    const scores = floatOutput(outputs, 'iou_predictions').data;
    const all = {
      prompts: prompts.length,
      candidates: masks.dims[1]!,
      side: masks.dims[2]!,
      logits: masks.data,
      scores,
    };
    return multimask ? all : bestOf(all);
  },
};

function maskFeeds(prompts: readonly FramePrompt[]): Record<string, ReturnType<typeof floats>> {
  const plane = SIDE * SIDE;
  const masks = new Float32Array(prompts.length * plane);
  const has = new Float32Array(prompts.length);
  for (const [p, { mask }] of prompts.entries()) {
    if (!mask) continue;
    has[p] = 1;
    for (let i = 0; i < plane; i++) masks[p * plane + i] = Math.min(CLAMP, Math.max(-CLAMP, mask[i]!));
  }
  return {
    mask_input: floats([prompts.length, 1, SIDE, SIDE], masks),
    has_mask_input: floats([prompts.length], has),
  };
}
