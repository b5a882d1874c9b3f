import { describe, expect, it } from 'vitest';
import { assertRaster, createRaster } from '../../src/image/raster.js';

describe('createRaster', () => {
  it('makes room for every channel and starts black', () => {
    const raster = createRaster(5, 3, 4);
    expect(raster).toMatchObject({ width: 5, height: 3, channels: 4 });
    expect([...raster.data]).toEqual(Array(60).fill(0));
  });

  it.each([
    [0, 3],
    [3, -1],
    [2.5, 2],
    [Number.NaN, 1],
    [Number.POSITIVE_INFINITY, 1],
  ])('refuses %d×%d', (width, height) => {
    expect(() => createRaster(width, height, 1)).toThrow(RangeError);
  });
});

describe('assertRaster', () => {
  it('accepts what createRaster makes', () => {
    expect(assertRaster(createRaster(2, 7, 3))).toBeUndefined();
  });

  it('names the length that was expected and the one that came', () => {
    const short = { width: 2, height: 2, channels: 3, data: new Uint8Array(11) } as const;
    expect(() => assertRaster(short)).toThrow(
      new RangeError('A 2×2 raster of 3 channels holds 12 bytes, not 11.'),
    );
  });

  it('refuses two channels, which plain JavaScript callers may pass', () => {
    const grey = { width: 1, height: 1, channels: 2 as 1, data: new Uint8Array(2) };
    expect(() => assertRaster(grey)).toThrow('1, 3 or 4 channels, not 2');
  });
});
