import { describe, expect, it } from 'vitest';
import { encodeLogits, encodeRle, planLogits, thresholdLogits } from '../../src/index.js';

/** Repeatable logits: a wave of some steepness with noise. */
function logitsOf(side: number, steepness: number, seed: number): Float32Array {
  const noise = (i: number) => (((i * 7919 + seed * 104_729) % 1000) / 1000 - 0.5) * 3;
  return Float32Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    return steepness * (Math.sin(x / 7 + seed) + Math.cos(y / 5 - seed)) + noise(i);
  });
}

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

function planOf([width, height, side, frame]: readonly [number, number, number, number]) {
  const scale = frame / Math.max(width, height);
  const content = { width: Math.round(width * scale), height: Math.max(1, Math.round(height * scale)) };
  return planLogits({ side, frame, content, width, height });
}

describe('encodeLogits', () => {
  it.each(SIZES)('gives the very mask of thresholdLogits, %d × %d from %d in %d', (...size) => {
    const plan = planOf(size);
    for (let seed = 1; seed <= 12; seed++) {
      const logits = logitsOf(size[2], seed / 3, seed);
      for (const threshold of [0, 0.5, -1]) {
        const { mask } = thresholdLogits(plan, logits, threshold);
        expect(encodeLogits(plan, logits, threshold)).toEqual(encodeRle(mask));
      }
    }
  });

  it.each(SIZES)(
    'where all is on the threshold or a rounding beside it, %d × %d from %d in %d',
    (...size) => {
      const plan = planOf(size);
      for (let seed = 1; seed <= 3; seed++) {
        const near = logitsOf(size[2], 0, seed).map((value) =>
          value > 1 ? 5 : value < -1 ? -5 : value * 1e-6,
        );
        const { mask } = thresholdLogits(plan, near, 0);
        expect(encodeLogits(plan, near)).toEqual(encodeRle(mask));
      }
    },
  );

  it('of nothing, and of everything', () => {
    const plan = planOf(SIZES[0]);
    const plane = (value: number) => new Float32Array(64 * 64).fill(value);
    expect(encodeLogits(plan, plane(-3)).counts).toEqual([120_000]);
    expect(encodeLogits(plan, plane(3)).counts).toEqual([0, 120_000]);
    expect(encodeLogits(plan, plane(0)).counts).toEqual([120_000]);
  });
});
