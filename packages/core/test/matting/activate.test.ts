import { describe, expect, it } from 'vitest';
import { activate } from '../../src/matting/activate.js';
import { toAlpha } from '../../src/matting/alpha.js';
import type { Tensor } from '../../src/types.js';

function output(data: number[], dims: number[]): Tensor {
  return { type: 'float32', dims, data: new Float32Array(data) };
}

describe('activate', () => {
  it('takes channel 0 as it is', () => {
    const tensor = output([0.25, 0.5, 9, 9], [1, 2, 1, 2]);
    expect([...activate(tensor, 2, 1, 'none')]).toEqual([0.25, 0.5]);
  });

  it('squashes logits', () => {
    const [low, middle, high] = activate(output([-1000, 0, 1000], [1, 1, 1, 3]), 3, 1, 'sigmoid');
    expect([low, middle, high]).toEqual([0, 0.5, 1]);
  });

  it('counts every class but the first as subject, ties as background', () => {
    const tensor = output([1, 0, 2, /* class 1 */ 0, 1, 2, /* class 2 */ 0, 0, 1], [1, 3, 1, 3]);
    expect([...activate(tensor, 3, 1, 'argmax')]).toEqual([0, 1, 0]);
  });

  it('refuses an output of another size', () => {
    expect(() => activate(output([1, 2, 3], [1, 1, 1, 3]), 2, 1, 'none')).toThrow(
      expect.objectContaining({ code: 'MODEL_INPUTS' }),
    );
  });
});

describe('toAlpha', () => {
  it('clamps and rounds absolute coverage', () => {
    expect([
      ...toAlpha(new Float32Array([-1, 0.5, 2]), 3, 1, { normalise: 'clamp', range: [0, 1] }).data,
    ]).toEqual([0, 128, 255]);
  });

  it('cuts off what lies outside the range', () => {
    const coverage = new Float32Array([0.1, 0.25, 0.5, 0.75, 0.9]);
    expect([...toAlpha(coverage, 5, 1, { normalise: 'clamp', range: [0.25, 0.75] }).data]).toEqual([
      0, 0, 128, 255, 255,
    ]);
  });

  it('stretches and truncates like rembg', () => {
    expect([
      ...toAlpha(new Float32Array([0.2, 0.3, 0.6]), 3, 1, { normalise: 'minmax', range: [0, 1] }).data,
    ]).toEqual([0, 63, 255]);
  });

  it('gives nothing for a flat prediction', () => {
    expect([
      ...toAlpha(new Float32Array([0.7, 0.7]), 2, 1, { normalise: 'minmax', range: [0, 1] }).data,
    ]).toEqual([0, 0]);
  });
});
