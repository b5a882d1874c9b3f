import { describe, expect, it } from 'vitest';
import { type Alpha, composite, cutout, multiplyAlpha, type Raster } from '../../src/index.js';

const rgb = (...data: number[]): Raster => ({
  width: data.length / 3,
  height: 1,
  channels: 3,
  data: Uint8Array.from(data),
});
const alphaOf = (...data: number[]): Alpha => ({
  width: data.length,
  height: 1,
  channels: 1,
  data: Uint8Array.from(data),
});
const rgba = (...data: number[]): Raster => ({
  width: data.length / 4,
  height: 1,
  channels: 4,
  data: Uint8Array.from(data),
});

describe('cutout', () => {
  it('keeps colours straight and hides nothing under transparency', () => {
    const cut = cutout(rgb(200, 100, 50, 10, 20, 30, 7, 8, 9), alphaOf(255, 128, 0));
    expect([...cut.data]).toEqual([200, 100, 50, 255, 10, 20, 30, 128, 0, 0, 0, 0]);
  });
});

describe('composite', () => {
  it.each([
    [255, [200, 100, 50]],
    [0, [0, 0, 255]],
    [128, [100, 50, 152]],
  ])('lays alpha %i over an opaque colour, rounded', (a, expected) => {
    expect([...composite(rgba(200, 100, 50, a), [0, 0, 255, 255]).data]).toEqual(expected);
  });

  it('lays it over a picture', () => {
    const under = rgb(10, 20, 30, 40, 50, 60);
    const { data, channels } = composite(rgba(200, 100, 50, 255, 200, 100, 50, 0), under);
    expect([channels, ...data]).toEqual([3, 200, 100, 50, 40, 50, 60]);
  });

  it('lays it over a translucent colour by Porter and Duff', () => {
    const { data } = composite(rgba(255, 0, 0, 128, 0, 0, 0, 0), [0, 0, 255, 128]);
    // a = 128/255 + 128/255 · 127/255 = .752; red's share of it is .667.
    expect([...data]).toEqual([170, 0, 85, 192, 0, 0, 255, 128]);
  });

  it('refuses a picture of another size', () => {
    expect(() => composite(rgba(0, 0, 0, 0), rgb(0, 0, 0, 0, 0, 0))).toThrow(RangeError);
  });
});

describe('multiplyAlpha', () => {
  it('is exact at the ends and rounds between', () => {
    const product = multiplyAlpha(alphaOf(255, 255, 0, 128, 3), alphaOf(77, 0, 255, 128, 85));
    expect([...product.data]).toEqual([77, 0, 0, 64, 1]);
  });
});
