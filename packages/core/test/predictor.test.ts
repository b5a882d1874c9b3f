import { describe, expect, it } from 'vitest';
import {
  createPredictor,
  createPromptSession,
  createRaster,
  createStandIn,
  maskOf,
  type Prompt,
  type PromptModel,
  type Raster,
} from '../src/index.js';

const CLICK: Prompt = { points: [{ x: 50, y: 30, label: 1 }] };
const at = (x: number, y: number, label: unknown = 1) => ({ points: [{ x, y, label: label as 0 | 1 }] });

/** A square of grey 200 from `from` to 80, on black. */
function scene(from = 20): Raster {
  const image = createRaster(100, 60, 3);
  for (let i = 0; i < 100 * 60; i++)
    if (i % 100 >= from && i % 100 < 80) image.data.fill(200, i * 3, i * 3 + 3);
  return image;
}

async function ready() {
  const predictor = createPredictor(createStandIn());
  await predictor.setImage(scene());
  return predictor;
}

/** The stand-in, whose every step waits until it is let go. */
function gated(): PromptModel & { readonly gates: (() => void)[]; embedded: number } {
  const inner = createStandIn();
  const gates: (() => void)[] = [];
  const wait = () => new Promise<void>((open) => gates.push(open));
  const model = {
    ...inner,
    gates,
    embedded: 0,
    async embed(...args: Parameters<PromptModel['embed']>) {
      model.embedded++;
      await wait();
      return inner.embed(...args);
    },
    async decode(...args: Parameters<PromptModel['decode']>) {
      await wait();
      return inner.decode(...args);
    },
  };
  return model;
}

/** The gates of a model, once so many steps wait at them. */
async function waiting(model: ReturnType<typeof gated>, count = 1): Promise<(() => void)[]> {
  while (model.gates.length < count) await new Promise((turn) => setTimeout(turn, 1));
  return model.gates.splice(0);
}

/** Lets the steps of `work` through, one after the other. */
async function through<T>(model: ReturnType<typeof gated>, work: Promise<T>): Promise<T> {
  let done = false;
  const end = work.finally(() => {
    done = true;
  });
  while (!done) {
    for (const gate of model.gates.splice(0)) gate();
    await new Promise((turn) => setTimeout(turn, 1));
  }
  return end;
}

const BAD: readonly (readonly [string, Prompt, RegExp])[] = [
  ['a point left of the image', at(-1, 5), /not in the image/],
  ['a point below it', at(5, 61), /not in the image/],
  ['NaN', at(Number.NaN, 5), /not in the image/],
  ['infinity', at(5, Number.POSITIVE_INFINITY), /not in the image/],
  ['a label of 2', at(5, 5, 2), /label is 2/],
  ['an empty prompt', {}, /says nothing/],
  ['no points', { points: [] }, /says nothing/],
  ['a mask alone', { mask: new Float32Array(64 * 64) }, /says nothing/],
  ['a box from right to left', { box: [50, 10, 20, 40] }, /empty or inverted/],
  ['a box of no height', { box: [10, 10, 20, 10] }, /empty or inverted/],
  ['a box that leaves the image', { box: [10, 10, 200, 40] }, /not in the image/],
  ['a box of NaN', { box: [10, 10, Number.NaN, 40] }, /not in the image/],
  ['a mask of another size', { ...CLICK, mask: new Float32Array(100) }, /takes 64×64 logits/],
];

describe('a predictor', () => {
  it.each(BAD)('refuses %s by name, and goes on', async (_, prompt, message) => {
    const predictor = await ready();
    const refused = { code: 'BAD_OPTION', message: expect.stringMatching(message) };
    await expect(predictor.predict(prompt)).rejects.toMatchObject(refused);
    expect(await predictor.predict(CLICK)).toHaveLength(3);
  });

  it('makes masks of the best candidates alone when asked to', async () => {
    const predictor = await ready();
    const all = await predictor.predict(CLICK);
    expect(await predictor.predict(CLICK, { most: 2 })).toEqual(all.slice(0, 2));
    await expect(predictor.predict(CLICK, { most: 0 })).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });

  it('refuses a threshold that is no number, and prompts before there is an image', async () => {
    const predictor = await ready();
    await expect(predictor.predict(CLICK, { threshold: Number.NaN })).rejects.toMatchObject({
      code: 'BAD_OPTION',
    });
    const fresh = createPredictor(createStandIn());
    await expect(fresh.predict(CLICK)).rejects.toMatchObject({ message: 'No image is set.' });
    expect(() => fresh.maskInput(maskOf(1, 1, [1]))).toThrow('No image is set.');
  });

  it('refuses a mask of another size as input', async () => {
    const predictor = await ready();
    expect(() => predictor.maskInput(maskOf(60, 100, new Uint8Array(6000)))).toThrow(/60×100/);
    expect(predictor.maskInput(maskOf(100, 60, new Uint8Array(6000)))).toHaveLength(64 * 64);
  });

  it('answers many prompts in one run as it answers each, best first', async () => {
    const predictor = await ready();
    const prompts = [CLICK, at(5, 5), at(30, 50)];
    const together = await predictor.predictMany(prompts);
    expect(together).toEqual(await Promise.all(prompts.map((prompt) => predictor.predict(prompt))));
    for (const answers of together) {
      const scores = answers.map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
    }
    expect(await predictor.predictMany([])).toEqual([]);
  });

  it('answers what is under way about the image it was asked about', async () => {
    const model = gated();
    const predictor = createPredictor(model);
    await through(model, predictor.setImage(scene(20)));
    const before = predictor.predict(CLICK);
    const [answer] = await waiting(model);
    await through(model, predictor.setImage(scene(60)));
    answer!();
    const [wide] = await before;
    const [narrow] = await through(model, predictor.predict(at(70, 30)));
    const area = (data: Uint8Array) => data.reduce((sum, value) => sum + value, 0);
    expect(area(wide!.mask.data)).toBeGreaterThan(2 * area(narrow!.mask.data));
  });

  it('keeps the newest of two images that are set at once, and embeds one picture once', async () => {
    const model = gated();
    const predictor = createPredictor(model);
    const [old, young, twin] = [scene(20), scene(60), scene(60)];
    const all = [predictor.setImage(old), predictor.setImage(young), predictor.setImage(twin)];
    const [first, second] = await waiting(model, 2);
    expect(model.embedded).toBe(2);
    // The newer embedding is ready first.
    second!();
    first!();
    await Promise.all(all);
    const [best] = await through(model, predictor.predict(at(70, 30)));
    expect(best!.mask.bounds.x0).toBeGreaterThan(40);
  });

  it.each(['before', 'during'])(
    'stops at an abort %s its work, with the reason, and goes on',
    async (when) => {
      const model = gated();
      const predictor = createPredictor(model);
      const abortAt = async (work: (signal: AbortSignal) => Promise<unknown>) => {
        const controller = new AbortController();
        if (when === 'before') controller.abort('enough');
        const running = work(controller.signal);
        const outcome = expect(running).rejects.toBe('enough');
        if (when === 'during') {
          const gates = await waiting(model);
          controller.abort('enough');
          for (const gate of gates) gate();
        }
        await outcome;
      };
      await abortAt((signal) => predictor.setImage(scene(), { signal }));
      await through(model, predictor.setImage(scene()));
      await abortAt((signal) => predictor.predict(CLICK, { signal }));
      expect(await through(model, predictor.predict(CLICK))).toHaveLength(3);
    },
  );

  it('serves a session that stays usable after an error', async () => {
    const session = createPromptSession(await ready());
    await expect(session.addPoint({ x: 500, y: 5, label: 1 })).rejects.toMatchObject({ code: 'BAD_OPTION' });
    await session.undo();
    await session.addPoint({ x: 50, y: 30, label: 1 });
    expect(session.answers).toHaveLength(3);
    expect((await session.soft())?.width).toBe(100);
  });
});
