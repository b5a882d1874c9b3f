import {
  type Answer,
  askNear,
  askPrompts,
  logitsOfAnswer,
  maskOfAnswer,
  type View,
  viewOf,
} from './answers.js';
import { createEmbeddingCache } from './decode/embedding-cache.js';
import type { ImageEmbedding, PromptModel } from './decode/prompt-model.js';
import { CutkitError } from './errors.js';
import { flatten } from './image/color.js';
import { cropRaster } from './image/crop.js';
import type { Mask } from './mask/mask.js';
import { logitsOfMask } from './mask/mask-logits.js';
import { type SoftOptions, softMask } from './mask/soft-mask.js';
import { closeUpWindow } from './prompt/close-up.js';
import { type Prompt, toFrame } from './prompt/prompt.js';
import type { Alpha, Raster, WorkOptions } from './types.js';

/** How prompts are answered. */
export interface PredictOptions extends WorkOptions {
  /** Three candidates for an ambiguous prompt, best first by score; else the one mask by the model's rule. Default true. */
  readonly multimask?: boolean;
  /** Logits above this are the mask. Default 0. */
  readonly threshold?: number;
  /**
   * With a box: look again at the box and what is around it, at the network's full resolution. Edges get finer, and masks of small
   * things better; it costs one more run of the image encoder for each new box, and one of the decoder. Prompts without a box, and
   * those with a click on the subject far from it, are answered as usual. The answer's `logits` are those of its mask. Default what
   * the model's manifest says: true for the embedded network, false for the official ones, as their predictor has no such thing.
   */
  readonly closeUp?: boolean | undefined;
  /** At most so many candidates a prompt, the best: of the others no mask is made. Default all. */
  readonly most?: number;
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
  /**
   * An answer's mask with soft edges: closed-form matting on the image's own colours in a band around the mask's edge. Throws
   * `BAD_OPTION` for an answer about an image of another size.
   */
  soften(answer: Pick<PredictedMask, 'mask' | 'logits'>, options?: SoftOptions): Promise<Alpha>;
  /** Answers many prompts in one run of the network where its files allow. */
  predictMany(prompts: readonly Prompt[], options?: PredictOptions): Promise<PredictedMask[][]>;
  dispose(): Promise<void>;
}

/** The image that is set, and as the network saw it. */
interface Current extends View {
  readonly image: Raster;
}

const WHITE = [255, 255, 255] as const;
const DEFAULT_CACHE_BYTES = 256 * 2 ** 20;

/** A predictor over an open model, which it owns. `cacheBytes` bounds the embeddings that are kept, default 256 MB. */
export function createPredictor(
  model: PromptModel,
  { cacheBytes = DEFAULT_CACHE_BYTES }: { readonly cacheBytes?: number } = {},
): Predictor {
  const cache = createEmbeddingCache(cacheBytes);
  /** The answers that logits were given for: fed back, they are known again. */
  const given = new WeakMap<Float32Array, Answer>();
  let current: Current | undefined;
  let newest = 0;
  const seen = () => {
    if (current) return current;
    throw new CutkitError('BAD_OPTION', 'No image is set.', 'Call setImage first.');
  };
  const see = async (image: Raster, { signal }: WorkOptions): Promise<Current> => {
    const embedding = await cache.get(image, () => model.embed(image));
    signal?.throwIfAborted();
    return { image, ...viewOf(model, embedding) };
  };
  /** From the window around the prompt's box, where it has one; else as usual. */
  const askClosely = async (whole: Current, prompt: Prompt, options: PredictOptions) => {
    toFrame(prompt, whole.embedding, model.logitSide);
    const part = closeUpWindow(prompt, whole.image.width, whole.image.height);
    if (!part) return (await askPrompts(model, whole, [prompt], options))[0]!;
    const near = await see(cropRaster(whole.image, part), options);
    const mask = prompt.mask && (given.get(prompt.mask) ?? prompt.mask);
    return askNear(model, whole, { ...near, part }, { ...prompt, mask }, options);
  };
  const predictMany = async (prompts: readonly Prompt[], options: PredictOptions = {}) => {
    const whole = seen();
    checkThreshold(options.threshold);
    checkMost(options.most);
    if (prompts.length === 0) return [];
    const answers: Answer[][] = [];
    if (options.closeUp ?? model.closeUp)
      for (const prompt of prompts) answers.push(await askClosely(whole, prompt, options));
    else answers.push(...(await askPrompts(model, whole, prompts, options)));
    return answers.map((candidates) =>
      candidates.map((answer) => {
        const found = predicted(answer, options.threshold);
        given.set(found.logits, answer);
        return found;
      }),
    );
  };
  return {
    model,
    async setImage(image, work = {}) {
      work.signal?.throwIfAborted();
      const turn = ++newest;
      const shown = await see(image, work);
      // A later call may have finished first.
      if (turn === newest) current = shown;
    },
    predictMany,
    maskInput(mask) {
      const { embedding } = seen();
      checkSize(mask, embedding);
      return logitsOfMask(mask, { ...embedding, side: model.logitSide });
    },
    async soften({ mask, logits }, options) {
      const { image, embedding, plan } = seen();
      checkSize(mask, embedding);
      return softMask(flatten(image, WHITE), plan, logits, options);
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

function checkThreshold(threshold: number | undefined): void {
  if (threshold === undefined || Number.isFinite(threshold)) return;
  throw new CutkitError('BAD_OPTION', `threshold is ${threshold}.`, 'Give a number of logits; 0 is usual.');
}

function checkMost(most: number | undefined): void {
  if (most === undefined || (Number.isInteger(most) && most > 0)) return;
  throw new CutkitError('BAD_OPTION', `most is ${most}.`, 'Give a whole number of candidates, 1 or more.');
}

function checkSize(mask: Mask, { width, height }: ImageEmbedding): void {
  if (mask.width === width && mask.height === height) return;
  throw new CutkitError(
    'BAD_OPTION',
    `The mask is ${mask.width}×${mask.height}, but the image ${width}×${height}.`,
    'Give a mask of the same size.',
  );
}

function predicted(answer: Answer, threshold: number | undefined): PredictedMask {
  const { score } = answer;
  return { ...maskOfAnswer(answer, threshold), score, logits: logitsOfAnswer(answer, threshold) };
}
