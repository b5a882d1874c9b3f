import type { Session } from '../../runtime/session.js';
import { bestOf } from '../best.js';
import { floatOutput, floats, inputNames, type PromptContract } from './contract.js';
import { embedFrame } from './embed-frame.js';
import { oneByOne } from './one-by-one.js';

const EMBEDDINGS = ['image_embeddings', 'high_res_features1', 'high_res_features2'] as const;
/** The size that the graph is asked to draw at: that of its own logits. */
const SIDE = 256;

/**
 * SAM 2.1 as osam exports it: the stretched, normalised frame in; a decoder that draws masks at `orig_im_size` (int64). It
 * is told 256 × 256, which makes them the low-resolution logits. One prompt a run; for a single answer the best by score.
 */
export const sam2Osam: PromptContract = {
  id: 'sam2-osam',
  resize: 'stretch',
  recognises(decoder) {
    return inputNames(decoder).has('high_res_features1');
  },
  embed: (sessions, image, manifest) => embedFrame(sessions, image, manifest, EMBEDDINGS),
  decode({ decoder }, embedding, prompts, multimask) {
    return oneByOne(prompts, async ({ points, labels, mask }) => {
      const outputs = await decoder.run({
        ...embedding.tensors,
        point_coords: floats([1, points.length, 2], Float32Array.from(points.flat())),
        point_labels: floats([1, points.length], Float32Array.from(labels)),
        mask_input: floats([1, 1, SIDE, SIDE], mask ?? new Float32Array(SIDE * SIDE)),
        has_mask_input: floats([1], Float32Array.of(mask ? 1 : 0)),
        orig_im_size: { type: 'int64', dims: [2], data: BigInt64Array.of(BigInt(SIDE), BigInt(SIDE)) },
      });
      const masks = floatOutput(outputs, nameOf(decoder, /low_res/, 0));
      const scores = floatOutput(outputs, nameOf(decoder, /iou|score/, 1)).data;
      const all = { prompts: 1, candidates: scores.length, side: SIDE, logits: masks.data, scores };
      return multimask ? all : bestOf(all);
    });
  },
};

/** The output whose name says what it is, else the one in its usual place. */
function nameOf({ outputs }: Session, pattern: RegExp, place: number): string {
  return (outputs.find(({ name }) => pattern.test(name)) ?? outputs[place])?.name ?? '';
}
