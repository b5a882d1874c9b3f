import { describe, expect, it } from 'vitest';
import { planLogits, thresholdLogits } from '../../src/index.js';
import { stabilityBound } from '../../src/mask/stability-bound.js';
import { planFor, waveLogits } from '../support/logits.js';

const SIZES = [
  [400, 300],
  [64, 97],
  [1000, 17],
  [256, 256],
] as const;

describe('stabilityBound', () => {
  it.each(SIZES)('is never below the stability at full size, %d × %d', (width, height) => {
    const plan = planFor(width, height, 64, 256);
    let tight = 0;
    for (let seed = 1; seed <= 30; seed++) {
      const logits = waveLogits(64, seed / 3, seed, 2);
      for (const [threshold, offset] of [
        [0, 1],
        [0.5, 0.25],
        [-1, 2],
      ] as const) {
        const { stability } = thresholdLogits(plan, logits, threshold, offset);
        const most = stabilityBound(plan, logits, threshold, offset);
        if (!Number.isNaN(stability)) expect(most).toBeGreaterThanOrEqual(stability);
        if (most < 0.95) tight++;
      }
    }
    expect(tight).toBeGreaterThan(0);
  });

  it('says nothing about a plane without a mask', () => {
    const plan = planLogits({
      side: 8,
      frame: 32,
      content: { width: 32, height: 32 },
      width: 64,
      height: 64,
    });
    expect(stabilityBound(plan, new Float32Array(64).fill(-9), 0, 1)).toBe(Number.POSITIVE_INFINITY);
  });
});
