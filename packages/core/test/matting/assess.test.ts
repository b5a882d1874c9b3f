import { describe, expect, it } from 'vitest';
import { assess } from '../../src/index.js';

const field = (size: number, value: (i: number) => number) =>
  Float32Array.from({ length: size }, (_, i) => value(i));

describe('assess', () => {
  it('finds a decided subject', () => {
    const { verdict, coverage, confidence } = assess(field(1000, (i) => (i < 250 ? 0.98 : 0.01)));
    expect(verdict).toBe('found');
    expect(coverage).toBeCloseTo(0.2525, 4);
    expect(confidence).toBeCloseTo(0.96, 5);
  });

  it('calls what hovers around one half uncertain', () => {
    expect(assess(field(1000, (i) => 0.3 + 0.4 * (i / 1000))).verdict).toBe('uncertain');
  });

  it('calls a decided trifle uncertain', () => {
    expect(assess(field(1000, (i) => (i < 30 ? 0.98 : 0))).verdict).toBe('uncertain');
  });

  it.each([
    ['no pixel stands out', field(1000, () => 0.2)],
    ['a speck', field(1_000_000, (i) => (i < 10 ? 1 : 0))],
    ['no pixels', new Float32Array()],
  ])('calls it empty: %s', (_, prediction) => {
    expect(assess(prediction).verdict).toBe('empty');
  });

  it('clamps what a network without an activation gives', () => {
    expect(assess(field(4, (i) => (i < 2 ? 7 : -3))).coverage).toBe(0.5);
  });
});
