import type { FramePrompt, ImageEmbedding, PointLabel } from '../decode/prompt-model.js';
import { CutkitError } from '../errors.js';

/** A click in image pixels; label 1 says subject, 0 background. */
export interface ClickPoint {
  readonly x: number;
  readonly y: number;
  readonly label: 0 | 1;
}

/** Left, top, right, bottom in image pixels. */
export type PromptBox = readonly [x0: number, y0: number, x1: number, y1: number];

/** What a person says about the thing they mean: clicks, a box, an earlier answer's logits, in any combination. */
export interface Prompt {
  readonly points?: readonly ClickPoint[] | undefined;
  readonly box?: PromptBox | undefined;
  /** Low-resolution logits of an earlier answer, to be refined; with clicks or a box, never alone. */
  readonly mask?: Float32Array | undefined;
}

/**
 * A prompt in the network's frame: each axis by its own scale, clicks first, then the box's corners; `side` is that of the
 * model's planes of logits. Throws `BAD_OPTION` for a prompt that says nothing, points outside the image or not numbers, other
 * labels than 0 and 1, boxes that are empty or inverted, and masks of another size.
 */
export function toFrame(prompt: Prompt, embedding: ImageEmbedding, side: number): FramePrompt {
  const { points = [], box, mask } = prompt;
  const { width, height, content } = embedding;
  if (points.length === 0 && !box) refuse('The prompt says nothing.', 'Give at least one point or a box.');
  for (const { x, y, label } of points) {
    checkInside(x, y, embedding);
    if (label !== 0 && label !== 1)
      refuse(`The label is ${String(label)}.`, 'Give 1 for the subject, 0 for background.');
  }
  if (box) checkBox(box, embedding);
  if (mask && mask.length !== side * side) {
    refuse(
      `The mask input has ${mask.length} values, but this model takes ${side}×${side} logits.`,
      "Feed back an answer's own logits, or make them of a mask with maskInput.",
    );
  }
  const scale = (x: number, y: number) =>
    [x * (content.width / width), y * (content.height / height)] as const;
  const corners = box ? [scale(box[0], box[1]), scale(box[2], box[3])] : [];
  const labels: PointLabel[] = points.map(({ label }) => label);
  if (box) labels.push(2, 3);
  const frame = { points: [...points.map(({ x, y }) => scale(x, y)), ...corners], labels };
  return mask ? { ...frame, mask } : frame;
}

function checkInside(x: number, y: number, { width, height }: ImageEmbedding): void {
  if (x >= 0 && y >= 0 && x <= width && y <= height) return;
  refuse(
    `The point ${x},${y} is not in the image, which is ${width}×${height}.`,
    'Give x and y in image pixels, from the top left.',
  );
}

function checkBox([x0, y0, x1, y1]: PromptBox, embedding: ImageEmbedding): void {
  checkInside(x0, y0, embedding);
  checkInside(x1, y1, embedding);
  if (x1 > x0 && y1 > y0) return;
  refuse(`The box ${x0},${y0},${x1},${y1} is empty or inverted.`, 'Give left, top, right, bottom.');
}

function refuse(message: string, hint: string): never {
  throw new CutkitError('BAD_OPTION', message, hint);
}
