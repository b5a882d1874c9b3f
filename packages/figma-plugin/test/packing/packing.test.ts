import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase85, toBase85 } from '../../src/packing/base85.js';
import { coarsenWeights } from '../../src/packing/coarsen-weights.js';
import { packModel, packModels } from '../../src/packing/pack.js';
import { unpackModel } from '../../src/packing/unpack.js';

const model = readFileSync(new URL('../../../../models/sam-tiny/decoder.onnx', import.meta.url));

describe('base85', () => {
  it('leads back, for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(fromBase85(` ${toBase85(bytes)}\n`)).toEqual(bytes);
      }),
    );
  });

  it('has nothing that HTML reads', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 50, maxLength: 300 }), (bytes) => {
        expect(toBase85(bytes)).not.toMatch(/[<>&"'`\\\s]/);
      }),
    );
  });
});

describe('packed networks', () => {
  it('take the finest weights that fit, and unpack to them', async () => {
    const budget = packModel(model, 4).length;
    expect(packModel(model, 1).length).toBeGreaterThan(budget);
    const { step, texts } = packModels({ cutout: model }, budget, [1, 4]);
    expect(step).toBe(4);
    expect(texts.cutout.length).toBe(budget);
    expect(Buffer.from(await unpackModel(texts.cutout)).equals(coarsenWeights(model, 4))).toBe(true);
    expect(gunzipSync(fromBase85(texts.cutout)).length).toBe(model.length);
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
    expect(() => packModels({ cutout: model.subarray(0, 1000) }, 10, [1])).toThrow('do not fit');
  });
});
