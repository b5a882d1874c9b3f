import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase91, toBase91 } from '../../src/packing/base91.js';
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
    const { streams, recipes } = packModels(Object.fromEntries(entries));
    for (const [role, runs] of Object.entries(recipes))
      expect(hashOf(await unpackFile({ runs, streams }))).toBe(files[role]!.sha256);
  });

  it('cost little more for a second network with the same weights', async () => {
    // A field that readers skip, behind the end: another file around the same tensors.
    const other = Uint8Array.from([...model, 0xa2, 0x06, 0x02, 0x68, 0x69]);
    const one = packModels({ cutout: model });
    const two = packModels({ cutout: model, encoder: other });
    expect(sizeOf(two.streams)).toBeLessThan(sizeOf(one.streams) * 1.1);
    const encoder = await unpackFile({ runs: two.recipes.encoder, streams: two.streams });
    expect(hashOf(encoder)).toBe(hashOf(other));
  });
});
