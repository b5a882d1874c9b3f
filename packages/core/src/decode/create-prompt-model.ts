import { CutkitError } from '../errors.js';
import type { Manifest } from '../models/manifest.js';
import type { Raster } from '../types.js';
import type { PromptSessions } from './contracts/contract.js';
import { familyOf } from './families.js';
import type { ImageEmbedding, PromptModel } from './prompt-model.js';

/** Every family's planes of logits, so far. */
const LOGIT_SIDE = 256;

/**
 * The model of two open sessions, by the family that its manifest names or its files show. The model owns the sessions.
 * Throws `MODEL_INPUTS` when no family fits, or when the encoder's embedding is not what the decoder takes.
 */
export function createPromptModel(sessions: PromptSessions, manifest: Manifest): PromptModel {
  const contract = familyOf(sessions.decoder, manifest);
  return {
    id: manifest.id,
    logitSide: LOGIT_SIDE,
    closeUp: manifest.closeUp ?? false,
    async embed(image: Raster, work = {}) {
      work.signal?.throwIfAborted();
      const embedding = await contract.embed(sessions, image, manifest);
      checkPair(sessions, embedding, manifest.id);
      work.signal?.throwIfAborted();
      return embedding;
    },
    decode: (embedding, prompts, multimask) => contract.decode(sessions, embedding, prompts, multimask),
    async dispose() {
      await Promise.all([sessions.encoder.dispose(), sessions.decoder.dispose()]);
    },
  };
}

/** An encoder and a decoder of different models differ in a shape, which ONNX Runtime reports less clearly. */
function checkPair({ decoder }: PromptSessions, { tensors }: ImageEmbedding, id: string): void {
  for (const { name, dims } of decoder.inputs) {
    const given = tensors[name]?.dims;
    if (!given || (given.length === dims.length && dims.every((dim, i) => dim < 0 || dim === given[i])))
      continue;
    throw new CutkitError(
      'MODEL_INPUTS',
      `The decoder of "${id}" takes ${name} [${dims.join('×')}], but its encoder gives [${given.join('×')}].`,
      'The two files are of different models: fetch both from the same place.',
    );
  }
}
