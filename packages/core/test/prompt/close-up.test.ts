import { describe, expect, it, vi } from 'vitest';
import {
  areaOf,
  askNear,
  askPrompts,
  boxOf,
  createPredictor,
  createRaster,
  createStandIn,
  cropRaster,
  encodeRle,
  logitsOfAnswer,
  type Mask,
  maskOf,
  type Prompt,
  pixelsOf,
  runLengthsOfAnswer,
  viewOf,
} from '../../src/index.js';
import { cropMask } from '../../src/mask/mask.js';
import { closeUpWindow, promptWithin } from '../../src/prompt/close-up.js';
import { draw } from '../support/masks.js';

const [WIDTH, HEIGHT] = [400, 300];
const inSquare = (x: number, y: number) => x >= 203 && x < 238 && y >= 101 && y < 142;
const PROMPT: Prompt = { points: [{ x: 220, y: 120, label: 1 }], box: [200, 98, 242, 146] };

function scene() {
  const image = createRaster(WIDTH, HEIGHT, 3);
  for (let i = 0; i < WIDTH * HEIGHT; i++)
    if (inSquare(i % WIDTH, Math.floor(i / WIDTH))) image.data.fill(200, i * 3, i * 3 + 3);
  return image;
}

/** Pixels in which a mask differs from the square. */
function errors(mask: Mask): number {
  return pixelsOf(mask).filter((value, i) => (value === 1) !== inSquare(i % WIDTH, Math.floor(i / WIDTH)))
    .length;
}

async function look(prompt: Prompt, closeUp: boolean) {
  const model = createStandIn();
  const embed = vi.spyOn(model, 'embed');
  const predictor = createPredictor(model);
  await predictor.setImage(scene());
  const answers = await predictor.predict(prompt, { multimask: false, closeUp });
  return { embed, predictor, answers };
}

describe('a close look at a box', () => {
  it('gives a finer mask, at its place in the whole picture', async () => {
    const [far, near] = [await look(PROMPT, false), await look(PROMPT, true)];
    const [coarse, fine] = [far, near].map(({ answers }) =>
      Math.min(...answers.map(({ mask }) => errors(mask))),
    );
    expect(fine).toBeLessThan(coarse! / 2);
    const best = near.answers.find(({ mask }) => errors(mask) === fine)!;
    expect(best.mask).toMatchObject({ width: WIDTH, height: HEIGHT });
    const off = boxOf(best.mask).map((edge, i) => Math.abs(edge - [203, 101, 237, 141][i]!));
    expect(Math.max(...off)).toBeLessThanOrEqual(1);
  });

  it('costs one embedding a box, however often it is corrected', async () => {
    const { embed, predictor, answers } = await look(PROMPT, true);
    expect(embed).toHaveBeenCalledTimes(2);
    for (const [x, y] of [
      [205, 103],
      [WIDTH, HEIGHT],
    ] as const) {
      const points = [...PROMPT.points!, { x, y, label: 0 as const }];
      await predictor.predict({ ...PROMPT, points, mask: answers[0]!.logits }, { closeUp: true });
    }
    expect(embed).toHaveBeenCalledTimes(2);
  });

  it('is taken by models that are made for it, unless told not to', async () => {
    const [far, near] = [await look(PROMPT, false), await look(PROMPT, true)];
    const predictor = createPredictor({ ...createStandIn(), closeUp: true });
    await predictor.setImage(scene());
    expect(await predictor.predict(PROMPT, { multimask: false })).toEqual(near.answers);
    expect(await predictor.predict(PROMPT, { multimask: false, closeUp: false })).toEqual(far.answers);
  });

  it('feeds back as any other answer does, seen from near or far', async () => {
    const { predictor, answers } = await look(PROMPT, true);
    for (const closeUp of [false, true]) {
      const again = await predictor.predict(
        { ...PROMPT, mask: answers[0]!.logits },
        { multimask: false, closeUp },
      );
      expect(again).toHaveLength(answers.length);
      if (closeUp) expect(again).toEqual(answers);
    }
  });

  it('changes nothing without a box, for nearly all of the picture, or when the subject goes on elsewhere', async () => {
    const farther = { ...PROMPT, points: [...PROMPT.points!, { x: 10, y: 10, label: 1 as const }] };
    const whole = { ...PROMPT, box: [1, 1, WIDTH - 1, HEIGHT - 1] as const };
    for (const prompt of [{ ...PROMPT, box: undefined }, whole, farther]) {
      const [far, near] = [await look(prompt, false), await look(prompt, true)];
      expect(near.embed).toHaveBeenCalledTimes(1);
      expect(near.answers).toEqual(far.answers);
    }
  });

  it('is the same in steps: views, answers, and of these run lengths without a mask', async () => {
    const model = createStandIn();
    const part = closeUpWindow(PROMPT, WIDTH, HEIGHT)!;
    const [whole, near] = [scene(), cropRaster(scene(), part)];
    const views = [viewOf(model, await model.embed(whole)), viewOf(model, await model.embed(near))] as const;
    const options = { multimask: false };
    const [far] = await askPrompts(model, views[0], [PROMPT], options);
    const close = await askNear(model, views[0], { ...views[1], part }, PROMPT, options);
    for (const [stepwise, closeUp] of [
      [far!, false],
      [close, true],
    ] as const) {
      const { answers } = await look(PROMPT, closeUp);
      expect(stepwise.map((one) => runLengthsOfAnswer(one))).toEqual(
        answers.map(({ mask }) => encodeRle(mask)),
      );
      expect(stepwise.map((one) => logitsOfAnswer(one))).toEqual(answers.map(({ logits }) => logits));
    }
  });

  it('feeds an answer back as it is, where it was seen from the same window', async () => {
    const { predictor, answers } = await look(PROMPT, true);
    const { model } = predictor;
    const part = closeUpWindow(PROMPT, WIDTH, HEIGHT)!;
    const views = [
      viewOf(model, await model.embed(scene())),
      viewOf(model, await model.embed(cropRaster(scene(), part))),
    ] as const;
    const options = { multimask: false };
    const corrected = { ...PROMPT, points: [...PROMPT.points!, { x: 205, y: 103, label: 1 as const }] };
    const near = { ...views[1], part };
    const [before] = await askNear(model, views[0], near, PROMPT, options);
    const decode = vi.spyOn(model, 'decode');
    const stepwise = await askNear(model, views[0], near, { ...corrected, mask: before! }, options);
    expect(decode.mock.calls[0]![1][0]!.mask).toBe(before!.logits);
    const mask = answers[0]!.logits;
    const [again] = await predictor.predict({ ...corrected, mask }, { ...options, closeUp: true });
    expect(decode.mock.calls[2]![1][0]!.mask).toEqual(before!.logits);
    expect(again!.logits).toEqual(logitsOfAnswer(stepwise[0]!));
  });

  it('names places as they are in the whole picture when they are wrong', async () => {
    const wrong = look({ ...PROMPT, points: [{ x: WIDTH + 5, y: 0, label: 1 }] }, true);
    await expect(wrong).rejects.toMatchObject({
      code: 'BAD_OPTION',
      message: expect.stringContaining('405,0 is not in the image, which is 400×300'),
    });
  });

  it('sees the box and what is around it, with the clicks there, and nothing beyond the picture', () => {
    expect(closeUpWindow({ box: [100, 100, 200, 200] }, 800, 800)).toEqual({
      x0: 50,
      y0: 50,
      x1: 250,
      y1: 250,
    });
    const thin = closeUpWindow({ box: [100, 100, 110, 200] }, 800, 800);
    expect(thin).toEqual({ x0: 30, y0: 50, x1: 180, y1: 250 });
    const clicked: Prompt = {
      box: [100, 100, 200, 200],
      points: [
        { x: 700, y: 10, label: 0 },
        { x: 60, y: 250, label: 1 },
      ],
    };
    const part = { x0: 50, y0: 50, x1: 250, y1: 250 };
    expect(closeUpWindow(clicked, 800, 800)).toEqual(part);
    expect(promptWithin(clicked, part)).toEqual({
      box: [50, 50, 150, 150],
      points: [{ x: 10, y: 200, label: 1 }],
    });
    expect(closeUpWindow({ box: [0, 0, 30, 30] }, 800, 800)).toEqual({ x0: 0, y0: 0, x1: 45, y1: 45 });
  });

  it('cuts a mask to a window, wherever both lie', () => {
    const mask = cropMask(draw('.##.', '.#..', '####'), { x0: 1, y0: 1, x1: 4, y1: 3 });
    expect([...pixelsOf(mask)]).toEqual([1, 0, 0, 1, 1, 1]);
    const apart = {
      width: 9,
      height: 9,
      bounds: { x0: 6, y0: 6, x1: 8, y1: 8 },
      data: new Uint8Array(4).fill(1),
    };
    expect(areaOf(cropMask(apart, { x0: 0, y0: 0, x1: 5, y1: 5 }))).toBe(0);
    expect(areaOf(cropMask(apart, { x0: 7, y0: 7, x1: 9, y1: 9 }))).toBe(1);
    expect(cropMask(maskOf(2, 1, [1, 0]), { x0: 0, y0: 0, x1: 2, y1: 1 })).toEqual(maskOf(2, 1, [1, 0]));
  });
});
