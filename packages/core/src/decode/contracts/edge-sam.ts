import { framePixels, frameTensor } from '../../encode/frame.js';
import {
  bytesOf,
  floatOutput,
  floats,
  inputNames,
  outputNames,
  type PromptContract,
  takeCandidates,
} from './contract.js';
import { oneByOne, withPad } from './one-by-one.js';
import { refusePrompts } from './refuse-prompts.js';

const ALL = 4;

/**
 * EdgeSAM: an encoder of the official kind; a decoder without masks in, that gives `scores [1, 4]` and `masks
 * [1, 4, 256, 256]`, the single mask first. Its scores may be stability instead of predicted IoU.
 */
export const edgeSam: PromptContract = {
  id: 'edge-sam',
  recognises({ decoder }) {
    return outputNames(decoder).has('scores') && inputNames(decoder).has('point_coords');
  },
  async embed({ encoder }, image, { input }) {
    const frame = framePixels(image, input);
    const name = encoder.inputs[0]?.name ?? 'image';
    const outputs = await encoder.run({
      [name]: floats([1, 3, input.height, input.width], frameTensor(frame, input)),
    });
    const tensors = {
      image_embeddings: floatOutput(outputs, encoder.outputs[0]?.name ?? 'image_embeddings'),
    };
    const { width, height } = image;
    return { width, height, frame: input.width, content: frame.content, tensors, bytes: bytesOf(tensors) };
  },
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
