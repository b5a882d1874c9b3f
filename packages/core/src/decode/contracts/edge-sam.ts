import {
  floatOutput,
  floats,
  inputNames,
  outputNames,
  type PromptContract,
  takeCandidates,
} from './contract.js';
import { embedFrame } from './embed-frame.js';
import { oneByOne, withPad } from './one-by-one.js';
import { refusePrompts } from './refuse-prompts.js';

const ALL = 4;

/**
 * EdgeSAM: an encoder of the official kind; a decoder without masks in, that gives `scores [1, 4]` and `masks
 * [1, 4, 256, 256]`, the single mask first. Its scores may be stability instead of predicted IoU.
 */
export const edgeSam: PromptContract = {
  id: 'edge-sam',
  resize: 'letterbox',
  recognises(decoder) {
    return outputNames(decoder).has('scores') && inputNames(decoder).has('point_coords');
  },
  embed: (sessions, image, manifest) => embedFrame(sessions, image, manifest),
  decode({ decoder }, embedding, prompts, multimask) {
    refusePrompts(prompts, { masks: true });
    return oneByOne(prompts, async (prompt) => {
      const { points, labels } = withPad(prompt);
      const outputs = await decoder.run({
        ...embedding.tensors,
        point_coords: floats([1, points.length, 2], Float32Array.from(points.flat())),
        point_labels: floats([1, points.length], Float32Array.from(labels)),
      });
      const masks = floatOutput(outputs, 'masks');
      const scores = floatOutput(outputs, 'scores').data;
      const all = { prompts: 1, candidates: ALL, side: masks.dims[2]!, logits: masks.data, scores };
      return multimask ? takeCandidates(all, 1, ALL) : takeCandidates(all, 0, 1);
    });
  },
};
