import { areaOf, type Mask, maskOf, pixelsOf } from '@cutkit/core';
import { describe, expect, it } from 'vitest';
import { paintStroke, subtractStroke } from '../src/webview/editor/tools/stroke.js';

const empty: Mask = { width: 9, height: 5, bounds: { x0: 0, y0: 0, x1: 0, y1: 0 }, data: new Uint8Array() };

function picture(mask: Mask): string[] {
  const text = [...pixelsOf(mask)].map((value) => (value ? '#' : '.')).join('');
  return text.match(/.{9}/g) ?? [];
}

describe('strokes', () => {
  it('paints the pixels whose centres the brush covers', () => {
    const painted = paintStroke(
      empty,
      [
        { x: 2.5, y: 2.5 },
        { x: 6.5, y: 2.5 },
      ],
      1.1,
    );
    expect(picture(painted)).toEqual(['.........', '..#####..', '.#######.', '..#####..', '.........']);
  });

  it('is cut at the edge of the picture', () => {
    const painted = paintStroke(empty, [{ x: 0, y: 0 }], 2);
    expect(picture(painted).slice(0, 3)).toEqual(['##.......', '#........', '.........']);
  });

  it('keeps what was there, and does not change it', () => {
    const before = maskOf(9, 5, new Uint8Array(45).fill(1, 0, 9));
    const painted = paintStroke(before, [{ x: 4.5, y: 4.5 }], 0.6);
    expect(areaOf(before)).toBe(9);
    expect(areaOf(painted)).toBe(10);
  });

  it('takes away, and says when nothing is left', () => {
    const before = paintStroke(empty, [{ x: 4.5, y: 2.5 }], 1.1);
    expect(areaOf(subtractStroke(before, [{ x: 4.5, y: 2.5 }], 0.6)!)).toBe(areaOf(before) - 1);
    expect(subtractStroke(before, [{ x: 4.5, y: 2.5 }], 3)).toBeUndefined();
  });
});
