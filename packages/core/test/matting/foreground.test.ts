import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cutout } from '../../src/export/cutout.js';
import { estimateForeground } from '../../src/matting/foreground.js';
import type { Alpha, Raster } from '../../src/types.js';

const GOLDENS = new URL('../../../../../shared/goldens/', import.meta.url);

/** A disc with a soft rim of one colour over another: truth is known at every pixel. */
function disc(
  side: number,
  rim: number,
  subject: number[],
  ground: number[],
): { image: Raster; alpha: Alpha } {
  const alpha = new Uint8Array(side * side);
  const data = new Uint8Array(side * side * 3);
  for (let i = 0; i < alpha.length; i++) {
    const radius = Math.hypot((i % side) - side / 2, Math.floor(i / side) - side / 2);
    const a = Math.min(1, Math.max(0, (side * 0.3 - radius) / rim + 0.5));
    alpha[i] = Math.round(a * 255);
    for (let c = 0; c < 3; c++) data[i * 3 + c] = Math.round(a * subject[c]! + (1 - a) * ground[c]!);
  }
  return {
    image: { width: side, height: side, channels: 3, data },
    alpha: { width: side, height: side, channels: 1, data: alpha },
  };
}

/** Mean absolute colour error over pixels of partial alpha, weighted by alpha as the eye sees it, in 0–255. */
function softError(found: ArrayLike<number>, truth: (i: number, c: number) => number, alpha: Alpha): number {
  let sum = 0;
  let weight = 0;
  alpha.data.forEach((a, i) => {
    if (a === 0 || a === 255) return;
    for (let c = 0; c < 3; c++) sum += (a / 255) * Math.abs(found[i * 3 + c]! - truth(i, c));
    weight += (3 * a) / 255;
  });
  return sum / weight;
}

describe('estimateForeground', () => {
  it.each([
    [96, 6],
    [1100, 40],
  ])('recovers the colour of a %i px disc under its soft rim', (side, rim) => {
    const subject = [230, 40, 30];
    const { image, alpha } = disc(side, rim, subject, [20, 60, 200]);
    const truth = (_: number, c: number) => subject[c]!;
    const before = softError(image.data, truth, alpha);
    const after = softError(estimateForeground(image, alpha).data, truth, alpha);
    expect(after).toBeLessThan(3);
    expect(after).toBeLessThan(before / 10);
  });

  it('keeps the picture where alpha is 0 or 255, from RGB and RGBA alike', () => {
    const { image, alpha } = disc(64, 5, [200, 100, 50], [10, 20, 30]);
    const rgba = new Uint8Array(64 * 64 * 4).fill(255);
    for (let i = 0; i < 64 * 64; i++) rgba.set(image.data.subarray(i * 3, i * 3 + 3), i * 4);
    const found = estimateForeground(image, alpha);
    expect(estimateForeground({ ...image, channels: 4, data: rgba }, alpha)).toEqual(found);
    alpha.data.forEach((a, i) => {
      if (a === 0 || a === 255) {
        expect(found.data.subarray(i * 3, i * 3 + 3)).toEqual(image.data.subarray(i * 3, i * 3 + 3));
      }
    });
  });

  it('writes into a cut-out without touching its alpha', () => {
    const { image, alpha } = disc(64, 5, [200, 100, 50], [10, 20, 30]);
    const found = estimateForeground(image, alpha);
    const cut = estimateForeground(image, alpha, cutout(image, alpha));
    alpha.data.forEach((a, i) => {
      expect(cut.data[i * 4 + 3]).toBe(a);
      if (a > 0) expect(cut.data.subarray(i * 4, i * 4 + 3)).toEqual(found.data.subarray(i * 3, i * 3 + 3));
    });
  });

  it('takes a single pixel', () => {
    const image: Raster = { width: 1, height: 1, channels: 3, data: Uint8Array.of(9, 8, 7) };
    const alpha: Alpha = { width: 1, height: 1, channels: 1, data: Uint8Array.of(255) };
    expect([...estimateForeground(image, alpha).data]).toEqual([9, 8, 7]);
  });

  it('refuses an alpha of another size', () => {
    const { image } = disc(8, 2, [1, 1, 1], [2, 2, 2]);
    expect(() =>
      estimateForeground(image, { width: 4, height: 4, channels: 1, data: new Uint8Array(16) }),
    ).toThrow(RangeError);
  });
});

interface Case {
  readonly width: number;
  readonly height: number;
  readonly [field: string]: string | number;
}

function cases(file: string): Case[] {
  return JSON.parse(readFileSync(new URL(file, GOLDENS), 'utf8')).cases;
}

const bytes = (text: string | number | undefined): Buffer => Buffer.from(String(text), 'base64');

describe.runIf(existsSync(GOLDENS))('estimateForeground against reference vectors', () => {
  it.each([0, 1, 2, 3, 4, 5])('gives what pymatting gives, case %i', (index) => {
    const one = cases('matting.json')[index]!;
    const { width, height } = one;
    const closedForm = bytes(one['alphaClosedForm']);
    const reference = bytes(one['foreground']);
    const alpha = Uint8Array.from({ length: width * height }, (_, i) =>
      Math.round(closedForm.readUInt16LE(i * 2) / 257),
    );
    const image: Raster = { width, height, channels: 3, data: bytes(one['image']) };
    const plane: Alpha = { width, height, channels: 1, data: alpha };
    const { data } = estimateForeground(image, plane);
    expect(softError(data, (i, c) => reference.readUInt16LE((i * 3 + c) * 2) / 257, plane)).toBeLessThan(1);
  });

  it.each([0, 1, 2, 3])('undoes exact composite %i', (index) => {
    const one = cases('composites.json')[index]!;
    const { width, height } = one;
    const plane: Alpha = { width, height, channels: 1, data: bytes(one['alpha']) };
    const truth = bytes(one['foreground']);
    const image: Raster = { width, height, channels: 3, data: bytes(one['image']) };
    const before = softError(image.data, (i, c) => truth[i * 3 + c]!, plane);
    const after = softError(estimateForeground(image, plane).data, (i, c) => truth[i * 3 + c]!, plane);
    expect(after).toBeLessThan(Math.min(8, before / 3));
  });
});
