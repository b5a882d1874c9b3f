import { describe, expect, it } from 'vitest';
import { flatten, parseColor } from '../../src/image/color.js';
import type { Raster } from '../../src/types.js';

describe('parseColor', () => {
  it.each([
    ['#f80', [255, 136, 0, 255]],
    ['#F80c', [255, 136, 0, 204]],
    ['#102030', [16, 32, 48, 255]],
    ['#10203040', [16, 32, 48, 64]],
    ['white', [255, 255, 255, 255]],
    [' Green ', [0, 128, 0, 255]],
    ['transparent', [0, 0, 0, 0]],
  ])('reads %s', (text, rgba) => {
    expect(parseColor(text)).toEqual(rgba);
  });

  it.each([
    '',
    '#',
    '#12',
    '#12345',
    '#1234567',
    '#ggg',
    'ffffff',
    'beige-ish',
    'constructor',
    '#fff '.repeat(2),
  ])('refuses "%s" with a cure', (text) => {
    expect(() => parseColor(text)).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION', hint: expect.stringContaining('#rrggbb') }),
    );
  });
});

describe('flatten', () => {
  it('returns RGB as it is', () => {
    const rgb: Raster = { width: 1, height: 1, channels: 3, data: Uint8Array.of(1, 2, 3) };
    expect(flatten(rgb, [9, 9, 9])).toBe(rgb);
  });

  it('repeats grey', () => {
    const grey: Raster = { width: 2, height: 1, channels: 1, data: Uint8Array.of(5, 250) };
    expect(flatten(grey, [9, 9, 9])).toEqual({
      width: 2,
      height: 1,
      channels: 3,
      data: Uint8Array.of(5, 5, 5, 250, 250, 250),
    });
  });

  it('rounds every blend of a level and an alpha to the nearest', () => {
    const background = [0, 100, 255] as const;
    const data = new Uint8Array(256 * 256 * 4);
    for (let i = 0; i < 65536; i++) data.set([i >> 8, i >> 8, i >> 8, i & 255], i * 4);
    const flat = flatten({ width: 256, height: 256, channels: 4, data }, background);
    let wrong = 0;
    for (let i = 0; i < flat.data.length; i++) {
      const pixel = Math.floor(i / 3);
      const [level, alpha] = [pixel >> 8, pixel & 255];
      const exact = Math.round((level * alpha + background[i % 3]! * (255 - alpha)) / 255);
      if (flat.data[i] !== exact) wrong++;
    }
    expect(wrong).toBe(0);
  });
});
