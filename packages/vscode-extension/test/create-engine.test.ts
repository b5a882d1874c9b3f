import {
  areaOfRle,
  CATALOGUE,
  createStandIn,
  decodeRle,
  expandRle,
  type PromptModel,
  pixelsOf,
} from '@cutkit/core';
import { describe, expect, it, vi } from 'vitest';
import { createEngine } from '../src/engine/create-engine.js';
import { createEmbedder } from '../src/pixels/embedder.js';
import { framePicture } from '../src/pixels/frame-picture.js';
import type { EngineAnswer } from '../src/protocol/engine.js';

const manifest = CATALOGUE.find(({ id }) => id === 'sam-tiny')!;
const picture = { width: 300, height: 200, channels: 3 as const, data: new Uint8Array(180_000).fill(90) };

/** The stand-in looks up greys by the size of what it saw; the engine's embeddings carry that of the whole picture. */
function standIn(): PromptModel {
  const model = createStandIn();
  return {
    ...model,
    decode(embedding, ...asked) {
      const [height, width] = embedding.tensors['grey']!.dims as [number, number];
      return model.decode({ ...embedding, width, height }, ...asked);
    },
  };
}

function engineOf(progress: number[][] = []) {
  const models = {
    openPrompt: async () => ({ model: standIn(), manifest }),
    openMatting: () => Promise.reject(new Error('not asked for here')),
  };
  return createEngine(models, { progress: (...told) => void progress.push(told) });
}

describe('createEngine', () => {
  it('answers at the whole picture’s size, from its frame alone', async () => {
    const engine = engineOf();
    await engine.embed(framePicture('a', picture, manifest));
    const [best] = (await engine.predict('a', { points: [{ x: 150, y: 100, label: 1 }] }))!;
    expect(best?.mask.size).toEqual([200, 300]);
    expect(areaOfRle(expandRle(best!.mask))).toBeGreaterThan(0);
  });

  it('gives candidates for one click, and answers with new ids to a click that refines', async () => {
    const engine = engineOf();
    await engine.embed(framePicture('a', picture, manifest));
    const point = { x: 150, y: 100, label: 1 as const };
    const first = (await engine.predict('a', { points: [point] }))!;
    expect(first.length).toBeGreaterThan(1);
    const [best, ...others] = (await engine.predict('a', { points: [point], most: 1 }))!;
    expect([best?.mask, others]).toEqual([first[0]!.mask, []]);
    const points = [point, { ...point, x: 10 }];
    const refined = (await engine.predict('a', { points, refines: first[0]!.id }))!;
    expect(refined[0]!.id).toBeGreaterThan(Math.max(...first.map(({ id }) => id)));
  });

  it('knows the pictures that it saw, and has no answer for one that it did not', async () => {
    const engine = engineOf();
    await engine.embed(framePicture('a', picture, manifest));
    expect(await engine.knows('a')).toBe(true);
    expect(await engine.knows('b')).toBe(false);
    expect(await engine.predict('b', { points: [] })).toBeUndefined();
  });

  it('suggests masks of the whole picture’s size, with progress', async () => {
    const told: number[][] = [];
    const engine = engineOf(told);
    await engine.embed(framePicture('a', picture, manifest));
    const options = { pointsPerSide: 2, predIouThresh: 0, stabilityScoreThresh: 0, minMaskRegionArea: 0 };
    const found = await engine.suggest('a', options, 5);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]?.mask.size).toEqual([200, 300]);
    expect(told.at(-1)).toEqual([5, 4, 4]);
  });
});

describe('a box', () => {
  const [width, height] = [3000, 2000];
  const inSquare = (x: number, y: number) => x >= 1503 && x < 1638 && y >= 801 && y < 942;
  const box = [1490, 790, 1650, 955] as const;
  const data = new Uint8Array(width * height * 3);
  for (let y = 801; y < 942; y++) data.fill(200, (y * width + 1503) * 3, (y * width + 1638) * 3);
  const photo = { width, height, channels: 3 as const, data };
  /** Pixels in which the best of several masks differs from the square. */
  const errors = (answers: readonly EngineAnswer[]) =>
    Math.min(
      ...answers.map(
        ({ mask }) =>
          pixelsOf(decodeRle(expandRle(mask))).filter(
            (value, i) => (value === 1) !== inSquare(i % width, Math.floor(i / width)),
          ).length,
      ),
    );

  /** An engine with an embedder, and what the engine was asked to embed. */
  function ready() {
    const engine = engineOf();
    return { engine, embed: vi.spyOn(engine, 'embed'), embedder: createEmbedder(engine) };
  }

  it('waits for the window around it, then is answered from there, finer than from the whole picture', async () => {
    const { engine, embedder } = ready();
    const points = [{ x: 1570, y: 870, label: 1 as const }];
    await embedder.embed('a', photo);
    const far = (await engine.predict('a', { points }))!;
    expect(await engine.predict('a', { points, box })).toBeUndefined();
    await embedder.embedFor('a', photo, { points, box });
    const near = (await engine.predict('a', { points, box }))!;
    expect(near[0]!.mask.size).toEqual([height, width]);
    expect(errors(near)).toBeLessThan(errors(far) / 2);
  });

  it('is embedded once, however often it is corrected, and however many ask at once', async () => {
    const { engine, embed, embedder } = ready();
    const prompt = { points: [], box, most: 1 };
    await Promise.all([1, 2, 3].map(() => embedder.embedFor('a', photo, prompt)));
    expect(embed).toHaveBeenCalledTimes(2);
    const [first] = (await engine.predict('a', prompt))!;
    const points = [{ x: 1600, y: 850, label: 1 as const }];
    for (const more of [points, [...points, { x: 1495, y: 800, label: 0 as const }]]) {
      await embedder.embedFor('a', photo, { points: more, box });
      const answers = await engine.predict('a', { ...prompt, points: more, refines: first!.id });
      expect(answers).toHaveLength(1);
    }
    expect(embed).toHaveBeenCalledTimes(2);
  });

  it('needs no window where it is nearly all of the picture', async () => {
    const { engine, embed, embedder } = ready();
    const prompt = { points: [], box: [1, 1, width - 1, height - 1] as const, most: 1 };
    await embedder.embedFor('a', photo, prompt);
    expect(embed).toHaveBeenCalledTimes(1);
    expect(await engine.predict('a', prompt)).toHaveLength(1);
  });
});
