import { describe, expect, it } from 'vitest';
import { planLogits, thresholdLogits } from '../../src/index.js';
import { stabilityBound } from '../../src/mask/stability-bound.js';

/** Repeatable logits: a wave of some steepness with noise. */
function logitsOf(side: number, steepness: number, seed: number): Float32Array {
  const noise = (i: number) => (((i * 7919 + seed * 104_729) % 1000) / 1000 - 0.5) * 4;
  return Float32Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    return steepness * (Math.sin(x / 7 + seed) + Math.cos(y / 5 - seed)) + noise(i);
  });
}

const SIZES = [
  [400, 300],
  [64, 97],
  [1000, 17],
  [256, 256],
] as const;

describe('stabilityBound', () => {
  it.each(SIZES)('is never below the stability at full size, %d × %d', (width, height) => {
    const scale = 256 / Math.max(width, height);
    const content = { width: Math.round(width * scale), height: Math.round(height * scale) };
    const plan = planLogits({ side: 64, frame: 256, content, width, height });
    let tight = 0;
    for (let seed = 1; seed <= 30; seed++) {
      const logits = logitsOf(64, seed / 3, seed);
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
