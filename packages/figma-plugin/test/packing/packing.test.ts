import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase91, toBase91 } from '../../src/packing/base91.js';
import { coarsenWeights } from '../../src/packing/coarsen-weights.js';
import { packModels } from '../../src/packing/pack.js';
import { unpackFile } from '../../src/packing/unpack.js';

const MODELS = new URL('../../../../models/', import.meta.url);
const read = (path: string) => new Uint8Array(readFileSync(new URL(path, MODELS)));
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const sizeOf = (texts: Readonly<Record<string, string>>) =>
  Object.values(texts).reduce((sum, { length }) => sum + length, 0);

const model = read('sam-tiny/decoder.onnx');

describe('base91', () => {
  it('leads back, for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(fromBase91(` ${toBase91(bytes)}\n`)).toEqual(bytes);
      }),
    );
  });

  it('has nothing that HTML reads inside a script', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 50, maxLength: 300 }), (bytes) => {
        expect(toBase91(bytes)).not.toMatch(/[<&\\\s]/);
      }),
    );
  });

  it('takes sixteen characters for thirteen bytes', () => {
    expect(toBase91(new Uint8Array(13_000).fill(0xa5))).toHaveLength(16_000);
  });
});

describe('packed networks', () => {
  it.each(['unet-cutout', 'sam-tiny'])('unpack to the files that %s names by their hashes', async (id) => {
    const { files } = JSON.parse(readFileSync(new URL(`${id}/model.json`, MODELS), 'utf8')) as {
      files: Record<string, { path: string; sha256: string }>;
    };
    const entries = Object.entries(files).map(([role, { path }]) => [role, read(`${id}/${path}`)] as const);
    const { step, streams, recipes } = packModels(Object.fromEntries(entries), Number.POSITIVE_INFINITY);
    expect(step).toBe(1);
    for (const [role, runs] of Object.entries(recipes))
      expect(hashOf(await unpackFile({ runs, streams }))).toBe(files[role]!.sha256);
  });

  it('take the finest weights that fit, and unpack to them', async () => {
    const [exact, coarse] = [1, 4].map((step) =>
      packModels({ cutout: model }, Number.POSITIVE_INFINITY, [step]),
    );
    const room = JSON.stringify(coarse!.recipes).length;
    const budget = sizeOf(coarse!.streams) + room;
    expect(sizeOf(exact!.streams) + room).toBeGreaterThan(budget);
    const { step, streams, recipes } = packModels({ cutout: model }, budget, [1, 4]);
    expect(step).toBe(4);
    const unpacked = await unpackFile({ runs: recipes.cutout, streams });
    expect(hashOf(unpacked)).toBe(hashOf(coarsenWeights(model, 4)));
  });

  it('cost little more for a second network with the same weights, exact or coarse', async () => {
    // A field that readers skip, behind the end: another file around the same tensors.
    const other = Uint8Array.from([...model, 0xa2, 0x06, 0x02, 0x68, 0x69]);
    for (const step of [1, 3]) {
      const one = packModels({ cutout: model }, Number.POSITIVE_INFINITY, [step]);
      const two = packModels({ cutout: model, encoder: other }, Number.POSITIVE_INFINITY, [step]);
      expect(sizeOf(two.streams)).toBeLessThan(sizeOf(one.streams) * 1.1);
      const encoder = await unpackFile({ runs: two.recipes.encoder, streams: two.streams });
      expect(hashOf(encoder)).toBe(hashOf(coarsenWeights(other, step)));
    }
  });

  it('keep the sum of each tensor to within a step, whatever the step', () => {
    const coarse = coarsenWeights(model, 8);
    let [sum, changed] = [0, 0];
    for (let i = 0; i < model.length; i++) {
      if (coarse[i] === model[i]) continue;
      changed++;
      sum += ((coarse[i]! << 24) >> 24) - ((model[i]! << 24) >> 24);
    }
    expect(changed).toBeGreaterThan(100_000);
    expect(Math.abs(sum)).toBeLessThan(1000);
  });

  it('refuse a budget that nothing fits', () => {
    expect(() => packModels({ cutout: model }, 10, [1])).toThrow('do not fit');
  });
});
