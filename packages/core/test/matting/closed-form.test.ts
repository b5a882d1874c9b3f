import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Alpha, closedFormAlpha, createRaster, type Raster } from '../../src/index.js';

const GOLDENS = new URL('../../../../../shared/goldens/matting.json', import.meta.url);
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));

interface Case {
  readonly width: number;
  readonly height: number;
  readonly image: string;
  readonly trimap: string;
  readonly alphaClosedForm: string;
}

/** A picture that fades from one colour to another, left to right, and what is known of it: the outer thirds. */
function fade(width: number, height: number): { image: Raster; trimap: Alpha; truth: (x: number) => number } {
  const image = createRaster(width, height, 3);
  const trimap = createRaster(width, height, 1) as Alpha;
  const truth = (x: number) => Math.min(1, Math.max(0, (x - width / 3) / (width / 3)));
  for (let i = 0; i < width * height; i++) {
    const [x, a] = [i % width, truth(i % width)];
    image.data.set([200 * a + 20 * (1 - a), 60 * a + 220 * (1 - a), 100], i * 3);
    trimap.data[i] = x < width / 3 ? 0 : x > (2 * width) / 3 ? 255 : 128;
  }
  return { image, trimap, truth };
}

describe('closedFormAlpha', () => {
  it('finds a fade between two colours', () => {
    const { image, trimap, truth } = fade(60, 12);
    const alpha = closedFormAlpha(image, trimap);
    for (let x = 0; x < 60; x++) expect(alpha.data[6 * 60 + x]! / 255).toBeCloseTo(truth(x), 1);
  });

  it('leaves what is known as it is, and reads RGBA as RGB', () => {
    const { image, trimap } = fade(30, 9);
    const alpha = closedFormAlpha(image, trimap);
    trimap.data.forEach((value, i) => {
      if (value !== 128) expect(alpha.data[i]).toBe(value);
    });
    const rgba = createRaster(30, 9, 4);
    for (let i = 0; i < 30 * 9; i++) rgba.data.set(image.data.subarray(i * 3, i * 3 + 3), i * 4);
    expect(closedFormAlpha(rgba, trimap)).toEqual(alpha);
  });

  it('has nothing to do where nothing is open, and nothing to go by in a picture without windows', () => {
    const { image, trimap } = fade(30, 9);
    const known = { ...trimap, data: trimap.data.map((value) => (value === 128 ? 255 : value)) };
    expect(closedFormAlpha(image, known)).toEqual(known);
    const tiny = { width: 2, height: 1, channels: 1, data: Uint8Array.of(0, 128) } as const;
    expect(closedFormAlpha(createRaster(2, 1, 3), tiny)).toEqual(tiny);
  });

  it('goes by the prior where colours say nothing', () => {
    const [width, height] = [20, 20];
    const image = createRaster(width, height, 3);
    const trimap = createRaster(width, height, 1) as Alpha;
    trimap.data.fill(128);
    const alpha = { ...trimap, data: new Uint8Array(400).fill(255) };
    expect(closedFormAlpha(image, trimap, { prior: { alpha, weight: 1e-3 } })).toEqual(alpha);
  });

  it('refuses sizes that differ, and grey', () => {
    const { image, trimap } = fade(30, 9);
    expect(() => closedFormAlpha(createRaster(9, 30, 3), trimap)).toThrow(RangeError);
    expect(() => closedFormAlpha({ ...image, channels: 1 }, trimap)).toThrow(RangeError);
  });

  describe.runIf(existsSync(GOLDENS))('against pymatting', () => {
    const cases: Case[] = existsSync(GOLDENS) ? JSON.parse(readFileSync(GOLDENS, 'utf8')).cases : [];
    it.each([0, 1, 2, 3, 4, 5])('agrees within a level of 255, case %i', (number) => {
      const { width, height, image, trimap, alphaClosedForm } = cases[number]!;
      const size = { width, height };
      const alpha = closedFormAlpha(
        { ...size, channels: 3, data: bytes(image) },
        { ...size, channels: 1, data: bytes(trimap) },
      );
      const expected = new Uint16Array(bytes(alphaClosedForm).buffer);
      const known = bytes(trimap);
      let [sum, most] = [0, 0];
      for (let i = 0; i < expected.length; i++) {
        if (known[i] !== 128) continue;
        const off = Math.abs(alpha.data[i]! - expected[i]! / 257);
        sum += off;
        most = Math.max(most, off);
      }
      expect(most).toBeLessThan(1);
      expect(sum / expected.length).toBeLessThan(0.15);
    });
  });
});
