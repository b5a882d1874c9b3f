import type { DecodedMasks, FramePrompt } from '../prompt-model.js';

/** Answers prompts one after another and joins the answers, for decoders whose batch is 1. */
export async function oneByOne(
  prompts: readonly FramePrompt[],
  decode: (prompt: FramePrompt) => Promise<DecodedMasks>,
): Promise<DecodedMasks> {
  const answers: DecodedMasks[] = [];
  for (const prompt of prompts) answers.push(await decode(prompt));
  const [first] = answers;
  if (!first) {
    return { prompts: 0, candidates: 1, side: 0, logits: new Float32Array(), scores: new Float32Array() };
  }
  const logits = new Float32Array(answers.length * first.logits.length);
  const scores = new Float32Array(answers.length * first.scores.length);
  for (const [i, answer] of answers.entries()) {
    logits.set(answer.logits, i * first.logits.length);
    scores.set(answer.scores, i * first.scores.length);
  }
  return { ...first, prompts: answers.length, logits, scores };
}

/** A prompt with the pad that stands for a missing box, where the graph does not add it. */
export function withPad({ points, labels, ...rest }: FramePrompt): FramePrompt {
  if (labels.includes(2)) return { points, labels, ...rest };
  return { points: [...points, [0, 0]], labels: [...labels, -1], ...rest };
}
