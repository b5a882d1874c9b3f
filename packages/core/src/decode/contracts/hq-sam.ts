import { inputNames, type PromptContract } from './contract.js';
import { embedFrame } from './embed-frame.js';
import { decodeOne, encoderFeed } from './official.js';
import { oneByOne, withPad } from './one-by-one.js';

const EMBEDDINGS = ['image_embeddings', 'interm_embeddings'] as const;

/**
 * HQ-SAM: the official decoder that also takes `interm_embeddings [L, 1, 64, 64, C]`, features from inside its encoder.
 * Its export answers with one mask, the corrected one, whether candidates are asked for or not.
 */
export const hqSam: PromptContract = {
  id: 'hq-sam',
  resize: 'letterbox',
  recognises(decoder) {
    return inputNames(decoder).has('interm_embeddings');
  },
  embed: (sessions, image, manifest) => embedFrame(sessions, image, manifest, EMBEDDINGS, encoderFeed),
  decode: (sessions, embedding, prompts, multimask) =>
    oneByOne(prompts, (prompt) => decodeOne(sessions, embedding, withPad(prompt), multimask)),
};
