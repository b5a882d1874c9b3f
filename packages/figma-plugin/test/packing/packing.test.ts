import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { openRemover } from '@cutkit/core/browser';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { fromBase85, toBase85 } from '../../src/packing/base85.js';
import { coarsenWeights } from '../../src/packing/coarsen-weights.js';
import { packModels } from '../../src/packing/pack.js';
import { unpackModel } from '../../src/packing/unpack.js';

const model = readFileSync(new URL('../../../../models/unet-cutout/model.onnx', import.meta.url));

describe('base85', () => {
  it('leads back, for any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(fromBase85(` ${toBase85(bytes)}\n`)).toEqual(bytes);
    }));
  });

  it('has nothing that HTML reads', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 50, maxLength: 300 }), (bytes) => {
      expect(toBase85(bytes)).not.toMatch(/[<>&"'`\\\s]/);
    }));
  });
});

describe('packed networks', () => {
  it('take the finest weights that fit, and unpack to them', async () => {
    const { step, texts } = packModels({ cutout: model }, 6_400_000, [1, 4]);
    expect(step).toBe(4);
    expect(texts.cutout.length).toBeLessThanOrEqual(6_400_000);
    expect(Buffer.from(await unpackModel(texts.cutout)).equals(coarsenWeights(model, 4))).toBe(true);
    expect(gunzipSync(fromBase85(texts.cutout)).length).toBe(model.length);
  }, 60_000);

  it('refuse a budget that nothing fits', () => {
    expect(() => packModels({ cutout: model.subarray(0, 1000) }, 10, [1])).toThrow('do not fit');
  });

  it('cut as the exact ones do', async () => {
    const photo = new URL('../../../cli/sample/photo.jpg', import.meta.url);
    const { data, info } = await sharp(readFileSync(photo)).raw().toBuffer({ resolveWithObject: true });
    const image = { width: info.width, height: info.height, channels: 3 as const, data };
    const cut = async (bytes: Uint8Array) => {
      const remover = await openRemover({ bytes, backend: 'wasm', threads: 1 });
      const { alpha } = await remover.remove(image, { decontaminate: false });
      await remover.dispose();
      return alpha.data;
    };
    const exact = await cut(model);
    const coarse = await cut(coarsenWeights(model, 4));
    let difference = 0;
    for (let i = 0; i < exact.length; i++) difference += Math.abs(exact[i]! - coarse[i]!);
    expect(difference / exact.length).toBeLessThan(1);
  }, 60_000);
});
