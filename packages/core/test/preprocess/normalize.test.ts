import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { networkSize } from '../../src/preprocess/letterbox.js';
import { normalize, type Recipe } from '../../src/preprocess/normalize.js';
import type { Raster } from '../../src/types.js';

const IMAGENET: Recipe = {
  scale: 255,
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
  layout: 'NCHW',
};
const PLAIN: Recipe = { scale: 255, mean: [0, 0, 0], std: [1, 1, 1], layout: 'NCHW' };

/** Two pixels: 10 20 30 and 40 50 100. */
const PAIR: Raster = { width: 2, height: 1, channels: 3, data: Uint8Array.of(10, 20, 30, 40, 50, 100) };

describe('normalize', () => {
  it('puts whole channels one after another in NCHW', () => {
    expect([...normalize(PAIR, PLAIN)]).toEqual([10, 40, 20, 50, 30, 100].map((v) => Math.fround(v / 255)));
  });

  it('keeps pixels together in NHWC', () => {
    const levels = [...PAIR.data].map((v) => Math.fround(v / 255));
    expect([...normalize(PAIR, { ...PLAIN, layout: 'NHWC' })]).toEqual(levels);
  });

  it('subtracts the mean and divides by the deviation of each channel, rounding once', () => {
    const expected = [10, 40, 20, 50, 30, 100].map((v, i) => {
      const c = i >> 1;
      return Math.fround((v / 255 - IMAGENET.mean[c]!) / IMAGENET.std[c]!);
    });
    expect([...normalize(PAIR, IMAGENET)]).toEqual(expected);
  });

  it('divides by the largest byte of the picture when asked', () => {
    const [first] = normalize(PAIR, { ...PLAIN, scale: 'max' });
    expect(first).toBeCloseTo(0.1, 7);
    expect(Math.max(...normalize(PAIR, { ...PLAIN, scale: 'max' }))).toBe(1);
  });

  it('gives zeros, not NaN, for a black picture', () => {
    const black: Raster = { ...PAIR, data: new Uint8Array(6) };
    expect([...normalize(black, { ...PLAIN, scale: 'max' })]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('writes into the room it is given, and refuses any other length', () => {
    const out = new Float32Array(6);
    expect(normalize(PAIR, PLAIN, out)).toBe(out);
    expect(() => normalize(PAIR, PLAIN, new Float32Array(5))).toThrow(RangeError);
  });

  it('refuses a picture with alpha', () => {
    const rgba: Raster = { width: 1, height: 1, channels: 4, data: new Uint8Array(4) };
    expect(() => normalize(rgba, PLAIN)).toThrow('3 channels, not 4');
  });
});

describe('networkSize', () => {
  it('stretches to the frame', () => {
    const frame = { width: 320, height: 256, resize: 'stretch' } as const;
    expect(networkSize(frame, 4000, 10)).toEqual({ width: 320, height: 256 });
  });

  it.each([
    // Both sides above 512, or both below: the short side becomes 512.
    [1440, 1096, 672, 512],
    [1000, 2000, 512, 1024],
    [300, 200, 768, 512],
    [511, 511, 512, 512],
    // 512 lies between: only the flooring to 32 remains.
    [2000, 300, 1984, 288],
    [512, 900, 512, 896],
    [600, 20, 576, 32],
  ])('fits %i×%i to MODNet as %i×%i', (width, height, toWidth, toHeight) => {
    const frame = { width: 512, height: 512, resize: 'short-side' } as const;
    expect(networkSize(frame, width, height)).toEqual({ width: toWidth, height: toHeight });
  });

  const sam = { width: 1024, height: 1024, resize: 'letterbox' } as const;

  it.each([
    [1440, 1096, 1024, 779],
    [1800, 1200, 1024, 683],
    [1024, 1024, 1024, 1024],
    [3, 6, 512, 1024],
    [5000, 1, 1024, 1],
  ])('fits %i×%i inside 1024×1024 as %i×%i', (width, height, toWidth, toHeight) => {
    expect(networkSize(sam, width, height)).toEqual({ width: toWidth, height: toHeight });
  });

  it('fits inside a frame that is not square', () => {
    expect(networkSize({ ...sam, height: 684 }, 1000, 1000)).toEqual({ width: 684, height: 684 });
  });

  const shared = new URL('../../../../../shared/goldens/resize_longest_side.json', import.meta.url);
  describe.runIf(existsSync(shared))('the long list', () => {
    it('equals ResizeLongestSide, but never gives a side of 0', () => {
      const { cases }: { cases: { width: number; height: number; out: [number, number] }[] } = JSON.parse(
        readFileSync(shared, 'utf8'),
      );
      const wrong = cases.filter(({ width, height, out }) => {
        const size = networkSize(sam, width, height);
        return size.height !== Math.max(1, out[0]) || size.width !== Math.max(1, out[1]);
      });
      expect(cases.length).toBeGreaterThan(400);
      expect(wrong).toEqual([]);
    });
  });
});
