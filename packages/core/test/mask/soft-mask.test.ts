import { describe, expect, it } from 'vitest';
import {
  createPredictor,
  createRaster,
  createStandIn,
  type LogitGeometry,
  logitsOfMask,
  maskOf,
  pixelsOf,
  planLogits,
  softMask,
  thresholdLogits,
  trimapOf,
} from '../../src/index.js';

const SIZE = 192;
const GEOMETRY: LogitGeometry = {
  side: 64,
  frame: 256,
  content: { width: 256, height: 256 },
  width: SIZE,
  height: SIZE,
};

/** A disc whose edge fades over 12 pixels, on a ground of another colour. */
function disc() {
  const image = createRaster(SIZE, SIZE, 3);
  const truth = new Float32Array(SIZE * SIZE);
  for (let i = 0; i < truth.length; i++) {
    const radius = Math.hypot((i % SIZE) - 96, Math.floor(i / SIZE) - 96);
    const a = Math.min(1, Math.max(0, (66 - radius) / 12));
    truth[i] = a;
    image.data.set([230 * a + 20 * (1 - a), 180 * a + 60 * (1 - a), 40 * a + 120 * (1 - a)], i * 3);
  }
  const mask = maskOf(
    SIZE,
    SIZE,
    Array.from(truth, (a) => (a > 0.5 ? 1 : 0)),
  );
  return { image, truth, logits: logitsOfMask(mask, GEOMETRY), plan: planLogits(GEOMETRY) };
}

describe('trimapOf', () => {
  it('is open around the edge only, by so many cells', () => {
    const { logits, plan } = disc();
    const at = (radius: number, distance: number) =>
      trimapOf(plan, logits, 0, radius).data[96 * SIZE + 96 + distance];
    expect([0, 50, 60, 70, 90].map((distance) => at(2, distance))).toEqual([255, 255, 128, 0, 0]);
    expect([50, 60, 70].map((distance) => at(4, distance))).toEqual([128, 128, 128]);
  });
});

describe('softMask', () => {
  it('finds a fading edge that the mask has not', () => {
    const { image, truth, logits, plan } = disc();
    const hard = pixelsOf(thresholdLogits(plan, logits, 0).mask);
    const soft = softMask(image, plan, logits, { radius: 9 });
    const error = (value: (i: number) => number) =>
      truth.reduce((sum, a, i) => sum + Math.abs(a - value(i)), 0) / truth.length;
    const [before, after] = [error((i) => hard[i]!), error((i) => soft.data[i]! / 255)];
    expect(before).toBeGreaterThan(0.025);
    expect(after).toBeLessThan(before / 5);
  });

  it('is empty for an empty mask', () => {
    const { image, plan } = disc();
    const soft = softMask(image, plan, new Float32Array(64 * 64).fill(-5));
    expect(soft.data.some((value) => value > 0)).toBe(false);
  });

  it.each([0, -3, Number.NaN])('refuses a radius of %d', (radius) => {
    const { image, plan, logits } = disc();
    expect(() => softMask(image, plan, logits, { radius })).toThrow(/radius is/);
  });
});

describe('predictor.soften', () => {
  it('works on the image that is set, and refuses an answer about one of another size', async () => {
    const predictor = createPredictor(createStandIn());
    const image = createRaster(80, 60, 3);
    for (let i = 0; i < 80 * 60; i++) if (i % 80 > 20 && i % 80 < 60) image.data.fill(200, i * 3, i * 3 + 3);
    await predictor.setImage(image);
    const [answer] = await predictor.predict({ points: [{ x: 40, y: 30, label: 1 }] });
    const alpha = await predictor.soften(answer!);
    expect([alpha.width, alpha.height]).toEqual([80, 60]);
    expect([alpha.data[30 * 80 + 40], alpha.data[30 * 80 + 2]]).toEqual([255, 0]);
    await predictor.setImage(createRaster(60, 80, 3));
    await expect(predictor.soften(answer!)).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });
});
