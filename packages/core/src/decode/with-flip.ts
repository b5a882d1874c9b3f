import { CutkitError } from '../errors.js';
import { flipRaster } from '../image/flip.js';
import type { DecodedMasks, FramePrompt, ImageEmbedding, PromptModel } from './prompt-model.js';

/**
 * The model that looks at each picture twice, as it is and as a mirror shows it, and answers with the mean of both: logits and
 * scores, candidate by candidate. What it gains needs no training (`docs/segment-anything.md`); encoder and decoder run twice, and an embedding takes
 * twice the memory. It owns `model`. `decode` throws `BAD_OPTION` for an embedding that another model made.
 */
export function withFlip(model: PromptModel): PromptModel {
  const flipped = new WeakMap<ImageEmbedding, ImageEmbedding>();
  return {
    ...model,
    async embed(image, work) {
      const seen = await model.embed(image, work);
      const mirrored = await model.embed(flipRaster(image), work);
      const both = { ...seen, bytes: seen.bytes + mirrored.bytes };
      flipped.set(both, mirrored);
      return both;
    },
    async decode(embedding, prompts, multimask) {
      const mirrored = flipped.get(embedding);
      if (!mirrored)
        throw new CutkitError(
          'BAD_OPTION',
          'The embedding is of another model.',
          'Embed the image with this one.',
        );
      const { content, frame } = embedding;
      const side = model.logitSide;
      const columns = (content.width * side) / frame;
      const turn = (planes: Float32Array) => flipLogits(planes, side, columns);
      const asked = prompts.map((prompt) => flipPrompt(prompt, content.width, turn));
      const answers = await model.decode(embedding, prompts, multimask);
      const others = await model.decode(mirrored, asked, multimask);
      return meanOf(answers, turn(others.logits), others.scores);
    },
  };
}

/** The same prompt about the mirrored picture. Points are pixels of the frame, of which the picture fills `width` columns. */
function flipPrompt(
  { points, labels, mask }: FramePrompt,
  width: number,
  turn: (mask: Float32Array) => Float32Array,
): FramePrompt {
  const across = points.map(([x, y]) => [width - 1 - x, y] as const);
  const [first, last] = [labels.indexOf(2), labels.indexOf(3)];
  const swapped = across.map(([x, y], i) => {
    // What was a box's left side is its right one.
    if (i === first) return [across[last]![0], y] as const;
    return i === last ? ([across[first]![0], y] as const) : ([x, y] as const);
  });
  return { points: swapped, labels, ...(mask && { mask: turn(mask) }) };
}

/**
 * Square planes of logits, `side` wide, as a mirror shows the `columns` that the picture fills. Where these are no whole number, a
 * column falls between two and is their mean by distance.
 */
function flipLogits(planes: Float32Array, side: number, columns: number): Float32Array {
  const out = new Float32Array(planes.length);
  for (let x = 0; x < side; x++) {
    const at = Math.min(side - 1, Math.max(0, columns - 1 - x));
    const left = Math.floor(at);
    const right = Math.min(side - 1, left + 1);
    const part = at - left;
    for (let row = 0; row < planes.length; row += side)
      out[row + x] = planes[row + left]! * (1 - part) + planes[row + right]! * part;
  }
  return out;
}

function meanOf(answers: DecodedMasks, logits: Float32Array, scores: Float32Array): DecodedMasks {
  return {
    ...answers,
    logits: answers.logits.map((value, i) => (value + logits[i]!) / 2),
    scores: answers.scores.map((value, i) => (value + scores[i]!) / 2),
  };
}
