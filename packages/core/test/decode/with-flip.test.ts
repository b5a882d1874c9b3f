import { describe, expect, it } from 'vitest';
import { flipRaster } from '../../src/image/flip.js';
import {
  createRaster,
  createStandIn,
  type FramePrompt,
  type PromptModel,
  type Raster,
  withFlip,
} from '../../src/index.js';

const FRAME = 8;
const SIDE = 4;

/** A network whose logits are the top row of what it sees, a column of logits for two pixels; notes what it is asked. */
function fake() {
  const asked: FramePrompt[] = [];
  const model: PromptModel = {
    id: 'fake',
    logitSide: SIDE,
    async embed({ width, height, channels, data }) {
      const seen = Float32Array.from(
        { length: SIDE },
        (_, x) => data[Math.min(2 * x, width - 1) * channels]!,
      );
      return {
        width,
        height,
        frame: FRAME,
        content: { width, height },
        tensors: { seen: { type: 'float32', dims: [SIDE], data: seen } },
        bytes: 16,
      };
    },
    async decode({ tensors }, prompts) {
      asked.push(...prompts);
      const row = tensors['seen']!.data as Float32Array;
      const logits = Float32Array.from({ length: SIDE * SIDE }, (_, i) => row[i % SIDE]!);
      return { prompts: 1, candidates: 1, side: SIDE, logits, scores: new Float32Array([row[0]!]) };
    },
    async dispose() {},
  };
  return { asked, model };
}

/** A picture one pixel high. */
function strip(...greys: number[]): Raster {
  return { width: greys.length, height: 1, channels: 1, data: Uint8Array.from(greys) };
}

describe('a picture in a mirror', () => {
  it('has its columns the other way round, whatever its channels', () => {
    const image = createRaster(3, 2, 3);
    image.data.set(Array.from({ length: 18 }, (_, i) => i));
    expect([...flipRaster(image).data]).toEqual([
      6, 7, 8, 3, 4, 5, 0, 1, 2, 15, 16, 17, 12, 13, 14, 9, 10, 11,
    ]);
    expect(flipRaster(flipRaster(image))).toEqual(image);
  });
});

describe('a model that looks twice', () => {
  it('answers with the mean of the picture and its mirror image', async () => {
    const { model } = fake();
    const both = withFlip(model);
    const embedding = await both.embed(strip(10, 10, 20, 20, 30, 30, 50, 50));
    expect(embedding.bytes).toBe(32);
    const { logits, scores } = await both.decode(embedding, [{ points: [[1, 0]], labels: [1] }], false);
    // The mirror's columns 50, 30, 20, 10 are these once they are turned back.
    expect([...logits.slice(0, SIDE)]).toEqual([10, 20, 30, 50]);
    expect([...scores]).toEqual([30]);
  });

  it('takes the mean by distance where a column falls between two', async () => {
    const { model } = fake();
    const both = withFlip(model);
    // Seven pixels are three and a half columns: the mirror's 50, 30, 20, 10.
    const embedding = await both.embed(strip(10, 10, 20, 20, 30, 30, 50));
    const { logits } = await both.decode(embedding, [{ points: [[1, 0]], labels: [1] }], false);
    expect([...logits.slice(0, SIDE)]).toEqual([(10 + 15) / 2, (20 + 25) / 2, (30 + 40) / 2, (50 + 50) / 2]);
  });

  it('turns clicks, boxes and fed back masks', async () => {
    const { asked, model } = fake();
    const both = withFlip(model);
    const mask = Float32Array.from({ length: SIDE * SIDE }, (_, i) => i % SIDE);
    const prompt = {
      points: [
        [1, 5],
        [2, 0],
        [6, 7],
      ],
      labels: [0, 2, 3],
      mask,
    } as const;
    await both.decode(await both.embed(strip(0, 0, 0, 0, 0, 0, 0, 0)), [prompt], false);
    expect(asked[0]).toBe(prompt);
    expect(asked[1]).toMatchObject({
      points: [
        [6, 5],
        [1, 0],
        [5, 7],
      ],
      labels: [0, 2, 3],
    });
    expect([...asked[1]!.mask!.slice(0, SIDE)]).toEqual([3, 2, 1, 0]);
  });

  it('answers as the model does where left and right make no difference to it', async () => {
    // Blocks of 32 pixels, which the stand-in's samples meet alike from either side.
    const image = createRaster(256, 256, 1);
    for (let i = 0; i < image.data.length; i++) image.data[i] = ((i % 256) >> 5) + 8 * (i >> 13);
    const prompts: FramePrompt[] = [{ points: [[21, 70]], labels: [1] }];
    const answers = async (model: PromptModel) => model.decode(await model.embed(image), prompts, true);
    expect(await answers(withFlip(createStandIn()))).toEqual(await answers(createStandIn()));
  });

  it('refuses an embedding that it did not make', async () => {
    const { model } = fake();
    const embedding = await model.embed(strip(1, 2));
    await expect(withFlip(model).decode(embedding, [], false)).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });
});
