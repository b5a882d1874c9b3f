import { describe, expect, it } from 'vitest';
import {
  canvasOf,
  createRaster,
  distinctColour,
  maskOf,
  showAnns,
  showBox,
  showIds,
  showMask,
  showOutline,
  showPoints,
  withLegend,
} from '../../src/index.js';

const SIZE = 60;
const square = (from: number, to: number) =>
  maskOf(
    SIZE,
    SIZE,
    Array.from({ length: SIZE * SIZE }, (_, i) =>
      [i % SIZE, Math.floor(i / SIZE)].every((at) => at >= from && at < to) ? 1 : 0,
    ),
  );
const grey = () => {
  const image = createRaster(SIZE, SIZE, 3);
  image.data.fill(100);
  return canvasOf(image);
};
const at = ({ data, width }: { data: ArrayLike<number>; width: number }, x: number, y: number) =>
  [0, 1, 2].map((c) => data[(y * width + x) * 3 + c]);

describe('overlays as in the official notebooks', () => {
  it('tint a mask dodger blue at 60 %', () => {
    const canvas = grey();
    showMask(canvas, square(10, 20));
    expect(at(canvas, 15, 15)).toEqual([58, 126, 193]);
    expect(at(canvas, 25, 15)).toEqual([100, 100, 100]);
  });

  it('star a subject green and background red, edged in white', () => {
    const canvas = grey();
    const clicks = [
      { x: 15, y: 30, label: 1 },
      { x: 45, y: 30, label: 0 },
    ] as const;
    showPoints(canvas, clicks, 10);
    expect(at(canvas, 15, 30)).toEqual([0, 128, 0]);
    expect(at(canvas, 45, 30)).toEqual([255, 0, 0]);
    expect(canvas.data.includes(255)).toBe(true);
  });

  it('frame a box green', () => {
    const canvas = grey();
    showBox(canvas, [10, 12, 40, 50], 2);
    expect([at(canvas, 25, 12), at(canvas, 10, 30)]).toEqual([
      [0, 128, 0],
      [0, 128, 0],
    ]);
    expect(at(canvas, 25, 30)).toEqual([100, 100, 100]);
  });

  it('tint everything at 35 %, the largest first, so that small masks lie on top', () => {
    const canvas = grey();
    const [small, large] = [square(20, 30), square(10, 50)];
    showAnns(canvas, [
      { mask: small, area: 100 },
      { mask: large, area: 1600 },
    ]);
    const over = (under: number[], i: number) =>
      under.map((value, c) => Math.round(value * 0.65 + distinctColour(i)[c]! * 0.35));
    const once = over([100, 100, 100], 1);
    expect(at(canvas, 45, 45)).toEqual(once);
    expect(at(canvas, 25, 25)).toEqual(over(once, 0));
  });
});

describe('outlines, ids and a legend', () => {
  it('rim a mask from inside, as wide as asked', () => {
    const canvas = grey();
    showOutline(canvas, square(10, 40), [1, 2, 3], 2);
    expect([at(canvas, 10, 20), at(canvas, 11, 20)]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect([at(canvas, 12, 20), at(canvas, 9, 20)]).toEqual([
      [100, 100, 100],
      [100, 100, 100],
    ]);
  });

  it('number each mask in its middle', () => {
    const canvas = grey();
    showIds(canvas, [square(0, 31), square(31, 60)], 1);
    // A 1 is three pixels of ink in its middle column.
    expect(at(canvas, 15, 15)).toEqual([255, 255, 255]);
    expect(at(canvas, 14, 15)).toEqual([0, 0, 0]);
    expect(at(canvas, 5, 5)).toEqual([100, 100, 100]);
    expect(() => showIds(canvas, [square(5, 5)])).not.toThrow();
  });

  it('list colours and values beside the picture, in as many columns as it takes', () => {
    const canvas = withLegend(grey(), [0.93, 0.5], 1);
    expect(canvas.width).toBeGreaterThan(SIZE);
    expect(canvas.height).toBe(SIZE);
    expect(at(canvas, SIZE - 1, 30)).toEqual([100, 100, 100]);
    expect(at(canvas, SIZE + 5, 6)).toEqual([...distinctColour(0)]);
    const wider = withLegend(grey(), Array(40).fill(0.5), 1);
    expect(wider.width).toBeGreaterThan(canvas.width + 2 * (canvas.width - SIZE));
  });

  it('keep the alpha of what they do not touch', () => {
    const canvas = canvasOf(createRaster(SIZE, SIZE, 4));
    showOutline(canvas, square(10, 20), [9, 9, 9], 1);
    expect([canvas.data[3], canvas.data[(10 * SIZE + 10) * 4 + 3]]).toEqual([0, 255]);
  });
});
