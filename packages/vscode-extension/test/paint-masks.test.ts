import { maskOf } from '@cutkit/core';
import { describe, expect, it } from 'vitest';
import { paintMasks, rgbaOf } from '../src/webview/shared/paint-masks.js';

const left = maskOf(4, 2, [1, 1, 0, 0, 1, 1, 0, 0]);
const top = maskOf(4, 2, [1, 1, 1, 1, 0, 0, 0, 0]);

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

  it('orders colours as a little-endian picture does', () => {
    const bytes = new Uint8Array(Uint32Array.of(rgbaOf([1, 2, 3])).buffer);
    expect([...bytes]).toEqual([1, 2, 3, 255]);
  });
});
