import { createEmbeddingCache } from './decode/embedding-cache.js';
import type { DecodedMasks, ImageEmbedding, PromptModel } from './decode/prompt-model.js';
import { CutkitError } from './errors.js';
import { planLogits, thresholdLogits } from './mask/logits.js';
import type { Mask } from './mask/mask.js';
import { logitsOfMask } from './mask/mask-logits.js';
import { type Prompt, toFrame } from './prompt/prompt.js';
import type { Raster, WorkOptions } from './types.js';

/** How prompts are answered. */
export interface PredictOptions extends WorkOptions {
  /** Three candidates for an ambiguous prompt, best first by score; else the one mask by the model's rule. Default true. */
  readonly multimask?: boolean;
  /** Logits above this are the mask. Default 0. */
  readonly threshold?: number;
}

/** One answer. */
export interface PredictedMask {
  /** At the image's size. */
  readonly mask: Mask;
  /** The network's own estimate of the mask's IoU, 0–1. */
  readonly score: number;
  /** How little the mask changes when the threshold moves by ±1 (`calculate_stability_score`), 0–1. */
  readonly stability: number;
  /** Low-resolution logits; fed back as `mask` of the next prompt they refine it. */
  readonly logits: Float32Array;
}

/** Segment Anything's predictor: one image, many prompts, in image pixels. */
export interface Predictor {
  readonly model: PromptModel;
  /** Embeds the image, or takes its embedding from the cache. Prompts that are under way keep the image they began with. */
  setImage(image: Raster, work?: WorkOptions): Promise<void>;
  /** Answers one prompt. Throws `BAD_OPTION` for prompts that make no sense, and before any image is set. */
  predict(prompt: Prompt, options?: PredictOptions): Promise<PredictedMask[]>;
  /** A mask of the image's size as `mask` of a prompt. Throws `BAD_OPTION` for another size. */
  maskInput(mask: Mask): Float32Array;
  /** Answers many prompts in one run of the network where its files allow. */
  predictMany(prompts: readonly Prompt[], options?: PredictOptions): Promise<PredictedMask[][]>;
  dispose(): Promise<void>;
}

const STABILITY_OFFSET = 1;
const DEFAULT_CACHE_BYTES = 256 * 2 ** 20;

/** A predictor over an open model, which it owns. `cacheBytes` bounds the embeddings that are kept, default 256 MB. */
export function createPredictor(
  model: PromptModel,
  { cacheBytes = DEFAULT_CACHE_BYTES }: { readonly cacheBytes?: number } = {},
): Predictor {
  const cache = createEmbeddingCache(cacheBytes);
  let current: ImageEmbedding | undefined;
  let newest = 0;
  const predictMany = async (prompts: readonly Prompt[], options: PredictOptions = {}) => {
    if (!current) throw noImage();
    const embedding = current;
    if (prompts.length === 0) return [];
    const framed = prompts.map((prompt) => toFrame(prompt, embedding));
    options.signal?.throwIfAborted();
    const decoded = await model.decode(embedding, framed, options.multimask ?? true);
    options.signal?.throwIfAborted();
    return answersOf(decoded, embedding, options.threshold ?? 0);
  };
  return {
    model,
    async setImage(image, work = {}) {
      const turn = ++newest;
      const embedding = await cache.get(image, () => model.embed(image));
      work.signal?.throwIfAborted();
      // A later call may have finished first.
      if (turn === newest) current = embedding;
    },
    predictMany,
    maskInput(mask) {
      if (!current) throw noImage();
      const { width, height } = current;
      if (mask.width !== width || mask.height !== height) {
        throw new CutkitError(
          'BAD_OPTION',
          `The mask is ${mask.width}×${mask.height}, but the image ${width}×${height}.`,
          'Give a mask of the same size.',
        );
      }
      return logitsOfMask(mask, { ...current, side: model.logitSide });
    },
    async predict(prompt, options) {
      const [answers = []] = await predictMany([prompt], options);
      return answers;
    },
    async dispose() {
      cache.clear();
      current = undefined;
      await model.dispose();
    },
  };
}

function noImage(): CutkitError {
  return new CutkitError('BAD_OPTION', 'No image is set.', 'Call setImage first.');
}

function answersOf(decoded: DecodedMasks, embedding: ImageEmbedding, threshold: number): PredictedMask[][] {
  const { prompts, candidates, side, logits, scores } = decoded;
  const plan = planLogits({ side, ...embedding });
  return Array.from({ length: prompts }, (_, p) => {
    const answers = Array.from({ length: candidates }, (_, c) => {
      const at = p * candidates + c;
      const plane = logits.slice(at * side * side, (at + 1) * side * side);
      return {
        ...thresholdLogits(plan, plane, threshold, STABILITY_OFFSET),
        score: scores[at]!,
        logits: plane,
      };
    });
    return answers.sort((a, b) => b.score - a.score);
  });
}
