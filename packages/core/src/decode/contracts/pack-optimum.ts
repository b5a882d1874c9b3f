import type { Tensor } from '../../types.js';
import type { FramePrompt } from '../prompt-model.js';
import { floats } from './contract.js';

/** Pads a shorter prompt in optimum's exports; they add the official pad themselves. */
const PAD = -10n;

/** Prompts in the dimension that optimum's exports have for them: `input_points [1, P, N, 2]`, int64 `input_labels [1, P, N]`. */
export function packOptimum(
  prompts: readonly FramePrompt[],
): Record<'input_points' | 'input_labels', Tensor> {
  const count = Math.max(1, ...prompts.map(({ points }) => points.length));
  const coords = new Float32Array(prompts.length * count * 2);
  const labels = new BigInt64Array(prompts.length * count).fill(PAD);
  for (const [p, prompt] of prompts.entries()) {
    for (const [n, point] of prompt.points.entries()) coords.set(point, (p * count + n) * 2);
    labels.set(prompt.labels.map(BigInt), p * count);
  }
  return {
    input_points: floats([1, prompts.length, count, 2], coords),
    input_labels: { type: 'int64', dims: [1, prompts.length, count], data: labels },
  };
}
