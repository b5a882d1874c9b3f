import { compressRle, encodeRle, maskOf } from '@cutkit/core';
import { describe, expect, it } from 'vitest';
import { paintMasks, rgbaOf } from '../src/webview/shared/paint-masks.js';
import { RunMask } from '../src/webview/shared/run-mask.js';

function runMask(width: number, height: number, pixels: ArrayLike<number>): RunMask {
  return new RunMask(compressRle(encodeRle(maskOf(width, height, pixels))));
}

const left = runMask(4, 2, [1, 1, 0, 0, 1, 1, 0, 0]);
const top = runMask(4, 2, [1, 1, 1, 1, 0, 0, 0, 0]);
const disc = Uint8Array.from({ length: 41 * 29 }, (_, i) =>
  Math.hypot((i % 41) - 20, Math.floor(i / 41) - 12) < 11.3 ? 1 : 0,
);

describe('paintMasks', () => {
  it('puts later masks over earlier ones and clears the rest', () => {
    const pixels = new Uint32Array(8).fill(9);
    paintMasks(pixels, { x0: 0, y0: 0, x1: 4, y1: 2 }, [
      { mask: left, rgba: 1 },
      { mask: top, rgba: 2 },
    ]);
    expect([...pixels]).toEqual([2, 2, 2, 2, 1, 1, 0, 0]);
  });

  it('paints only what lies in its window', () => {
    const pixels = new Uint32Array(2);
    paintMasks(pixels, { x0: 1, y0: 1, x1: 3, y1: 2 }, [{ mask: left, rgba: 7 }]);
    expect([...pixels]).toEqual([7, 0]);
  });

  it.each([1, 2, 4, 8])('reduced %i times shows every middle pixel', (step) => {
    const [width, height] = [Math.ceil(41 / step), Math.ceil(29 / step)];
    const pixels = new Uint32Array(width * height);
    paintMasks(
      pixels,
      { x0: 0, y0: 0, x1: width, y1: height },
      [{ mask: runMask(41, 29, disc), rgba: 1 }],
      step,
    );
    const middle = step >> 1;
    const wanted = Array.from({ length: width * height }, (_, i) => {
      const [x, y] = [(i % width) * step + middle, Math.floor(i / width) * step + middle];
      return x < 41 && y < 29 ? disc[y * 41 + x] : 0;
    });
    expect([...pixels]).toEqual(wanted);
  });

  it('orders colours as a little-endian picture does', () => {
    const bytes = new Uint8Array(Uint32Array.of(rgbaOf([1, 2, 3])).buffer);
    expect([...bytes]).toEqual([1, 2, 3, 255]);
  });
});

describe('RunMask', () => {
  it('covers what its pixels cover, and knows their bounds', () => {
    const mask = runMask(41, 29, disc);
    expect(mask.bounds).toEqual({ x0: 9, y0: 1, x1: 32, y1: 24 });
    const covered = Array.from(disc, (_, i) => (mask.covers(i % 41, Math.floor(i / 41)) ? 1 : 0));
    expect(covered).toEqual([...disc]);
  });

  it('reads masks that fill columns, all of the picture, or nothing', () => {
    expect(top.bounds).toEqual({ x0: 0, y0: 0, x1: 4, y1: 1 });
    expect(runMask(3, 2, [1, 1, 1, 1, 1, 1]).bounds).toEqual({ x0: 0, y0: 0, x1: 3, y1: 2 });
    const none = runMask(3, 2, [0, 0, 0, 0, 0, 0]);
    expect(none.bounds).toEqual({ x0: 0, y0: 0, x1: 0, y1: 0 });
    expect(none.covers(0, 0)).toBe(false);
  });

  it('refuses run lengths of another size', () => {
    expect(() => new RunMask(compressRle({ size: [2, 2], counts: [1, 2] }))).toThrow(RangeError);
  });
});
