import { areaOfRle, CATALOGUE, createStandIn, expandRle } from '@cutkit/core';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../src/engine/create-engine.js';
import { framePicture } from '../src/pixels/frame-picture.js';

const manifest = CATALOGUE.find(({ id }) => id === 'sam-tiny')!;
const picture = { width: 300, height: 200, channels: 3 as const, data: new Uint8Array(180_000).fill(90) };

function engineOf(progress: number[][] = []) {
  const models = {
    openPrompt: async () => ({ model: createStandIn(), manifest }),
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
