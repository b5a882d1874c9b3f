import type { ImageEmbedding, PromptModel } from './decode/prompt-model.js';
import { encodeLogits } from './mask/encode-logits.js';
import { type LogitPlan, planLogits } from './mask/logits.js';
import { cropMask, placeMask } from './mask/mask.js';
import { logitsOfMask } from './mask/mask-logits.js';
import { placeRle, type RunLengths } from './mask/rle.js';
import { type Thresholded, thresholdLogits } from './mask/threshold-logits.js';
import { promptWithin } from './prompt/close-up.js';
import { type Prompt, toFrame } from './prompt/prompt.js';
import type { PixelWindow } from './types.js';

/** A picture, or a window of one, as the network saw it: how its logits are upscaled is planned once. */
export interface View {
  readonly embedding: ImageEmbedding;
  readonly plan: LogitPlan;
}

/** What the network said to a prompt, before any mask is made of it. */
export interface Answer {
  /** The whole picture's. */
  readonly plan: LogitPlan;
  /** Where a window of the picture was looked at: the window, and its own plan, by which `logits` are upscaled. */
  readonly near?: { readonly part: PixelWindow; readonly plan: LogitPlan };
  readonly logits: Float32Array;
  /** The network's own estimate of the mask's IoU, 0–1. */
  readonly score: number;
}

/** How prompts are asked; see `PredictOptions`. */
interface AskOptions {
  readonly multimask?: boolean;
  readonly threshold?: number;
  readonly most?: number;
  readonly signal?: AbortSignal;
}

const STABILITY_OFFSET = 1;

/** A view of what was embedded. */
export function viewOf({ logitSide }: PromptModel, embedding: ImageEmbedding): View {
  return { embedding, plan: planLogits({ side: logitSide, ...embedding }) };
}

/** The answers to each of several prompts, best first by score. Throws `BAD_OPTION` for prompts that make no sense. */
export async function askPrompts(
  model: PromptModel,
  { embedding, plan }: View,
  prompts: readonly Prompt[],
  { multimask = true, most, signal }: AskOptions = {},
): Promise<Answer[][]> {
  const framed = prompts.map((prompt) => toFrame(prompt, embedding, model.logitSide));
  signal?.throwIfAborted();
  const { candidates, side, logits, scores } = await model.decode(embedding, framed, multimask);
  signal?.throwIfAborted();
  return prompts.map((_, p) => {
    const places = Array.from({ length: candidates }, (_, c) => p * candidates + c);
    const best = places.sort((a, b) => scores[b]! - scores[a]!).slice(0, most ?? candidates);
    return best.map((at) => ({
      plan,
      logits: logits.slice(at * side * side, (at + 1) * side * side),
      score: scores[at]!,
    }));
  });
}

/** A view of a window of a picture. */
export interface WindowView extends View {
  readonly part: PixelWindow;
}

/**
 * The answers to one prompt from a view of the window around its box: two questions, the second with the first's answer. The
 * prompt's mask may be an answer, which is fed back as it is where it was seen from the same window.
 */
export async function askNear(
  model: PromptModel,
  whole: View,
  near: WindowView,
  { mask, ...prompt }: Omit<Prompt, 'mask'> & { readonly mask?: Float32Array | Answer | undefined },
  options: AskOptions = {},
): Promise<Answer[]> {
  const { plan } = whole;
  const { part } = near;
  const asked = promptWithin(prompt, part);
  const fed = mask && logitsWithin(plan, near, mask, options.threshold);
  const [first] = await askPrompts(model, near, [{ ...asked, mask: fed }], { ...options, multimask: false });
  const again = { ...asked, mask: first![0]!.logits };
  const [answers] = await askPrompts(model, near, [again], options);
  return answers!.map((answer) => ({ ...answer, plan, near: { part, plan: near.plan } }));
}

/** An answer, or logits of the whole picture, as the logits of a window. */
function logitsWithin(
  whole: LogitPlan,
  { part, plan }: WindowView,
  mask: Float32Array | Answer,
  threshold = 0,
): Float32Array {
  const isAnswer = !(mask instanceof Float32Array);
  if (isAnswer && mask.near && isSameWindow(mask.near.part, part)) return mask.logits;
  const seen = isAnswer ? maskOfAnswer(mask, threshold) : thresholdLogits(whole, mask, threshold);
  return logitsOfMask(cropMask(seen.mask, part), plan.geometry);
}

function isSameWindow(a: PixelWindow, b: PixelWindow): boolean {
  return a.x0 === b.x0 && a.y0 === b.y0 && a.x1 === b.x1 && a.y1 === b.y1;
}

/** An answer's mask at the picture's size, and how stable it is. */
export function maskOfAnswer({ plan, near, logits }: Answer, threshold = 0): Thresholded {
  if (!near) return thresholdLogits(plan, logits, threshold, STABILITY_OFFSET);
  const { mask, stability } = thresholdLogits(near.plan, logits, threshold, STABILITY_OFFSET);
  const { width, height } = plan.geometry;
  return { mask: placeMask(mask, width, height, near.part.x0, near.part.y0), stability };
}

/** The same mask as run lengths, in a fraction of the time. */
export function runLengthsOfAnswer({ plan, near, logits }: Answer, threshold = 0): RunLengths {
  if (!near) return encodeLogits(plan, logits, threshold);
  const { width, height } = plan.geometry;
  return placeRle(encodeLogits(near.plan, logits, threshold), width, height, near.part.x0, near.part.y0);
}

/** Logits of the whole picture that stand for an answer, to be fed back: its own, or those of its mask. */
export function logitsOfAnswer(answer: Answer, threshold = 0): Float32Array {
  const { plan, near, logits } = answer;
  return near ? logitsOfMask(maskOfAnswer(answer, threshold).mask, plan.geometry) : logits;
}
