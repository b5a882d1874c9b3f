import { describe, expect, it } from 'vitest';
import { encodeLogits, encodeRle, thresholdLogits } from '../../src/index.js';
import { planFor, waveLogits } from '../support/logits.js';

/** Width, height, side of the plane, side of the frame. */
const SIZES = [
  [400, 300, 64, 256],
  [64, 97, 64, 256],
  [1000, 17, 64, 128],
  [256, 256, 64, 256],
  [31, 20, 32, 64],
  [1237, 911, 32, 64],
  [300, 211, 32, 32],
  [90, 120, 64, 32],
] as const;

describe('encodeLogits', () => {
  it.each(SIZES)('gives the very mask of thresholdLogits, %d × %d from %d in %d', (...size) => {
    const plan = planFor(...size);
    for (let seed = 1; seed <= 12; seed++) {
      const logits = waveLogits(size[2], seed / 3, seed, 1.5);
      for (const threshold of [0, 0.5, -1]) {
        const { mask } = thresholdLogits(plan, logits, threshold);
        expect(encodeLogits(plan, logits, threshold)).toEqual(encodeRle(mask));
      }
    }
  });

  it.each(SIZES)(
    'where all is on the threshold or a rounding beside it, %d × %d from %d in %d',
    (...size) => {
      const plan = planFor(...size);
      for (let seed = 1; seed <= 3; seed++) {
        const near = waveLogits(size[2], 0, seed, 1.5).map((value) =>
          value > 1 ? 5 : value < -1 ? -5 : value * 1e-6,
        );
        const { mask } = thresholdLogits(plan, near, 0);
        expect(encodeLogits(plan, near)).toEqual(encodeRle(mask));
      }
    },
  );

  it('of nothing, and of everything', () => {
    const plan = planFor(...SIZES[0]);
    const plane = (value: number) => new Float32Array(64 * 64).fill(value);
    expect(encodeLogits(plan, plane(-3)).counts).toEqual([120_000]);
    expect(encodeLogits(plan, plane(3)).counts).toEqual([0, 120_000]);
    expect(encodeLogits(plan, plane(0)).counts).toEqual([120_000]);
  });
});
