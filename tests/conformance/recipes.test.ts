import { readdirSync, readFileSync } from 'node:fs';
import { CATALOGUE, createRemover, findManifest } from '@cutkit/core';
import { decodeImage, openNode } from '@cutkit/core/node';
import { describe, expect, it } from 'vitest';

/**
 * Every public model's recipe against the reference in Python (generate/recipes.py), over stand-ins with the same
 * inputs and outputs (generate/stand_ins.py), on both runtimes that Node has.
 */
const GOLDENS = new URL('./goldens/', import.meta.url);
const IDS = readdirSync(new URL('stand-ins/', GOLDENS)).map((file) => file.replace(/\.onnx$/, ''));
const BACKENDS = ['native', 'wasm'] as const;

const read = (path: string) => readFileSync(new URL(path, GOLDENS));

describe.each(IDS)('%s', (id) => {
  describe.each(BACKENDS)('on %s', (backend) => {
    it.each(['bright', 'dark'])('matches the reference on the %s scene within 1/255', async (scene) => {
      const session = await openNode(read(`stand-ins/${id}.onnx`), backend, { threads: 1 });
      const remover = createRemover(session, findManifest(id));
      try {
        const image = await decodeImage(read(`recipes/scene-${scene}.png`));
        const reference = await decodeImage(read(`recipes/${id}.${scene}.png`));
        const { alpha } = await remover.remove(image.raster, { decontaminate: false });
        expect(meanDifference(alpha.data, firstChannel(reference.raster))).toBeLessThanOrEqual(1);
      } finally {
        await remover.dispose();
      }
    });
  });
});

describe('the catalogue', () => {
  it('has a stand-in for every model that has to be pulled', () => {
    const pulled = CATALOGUE.filter(({ task, files }) => task === 'matting' && files['model']?.url).map(
      ({ id }) => id,
    );
    expect(IDS).toEqual(expect.arrayContaining(pulled));
  });
});

function firstChannel({ data, channels }: { data: ArrayLike<number>; channels: number }): Uint8Array {
  return Uint8Array.from({ length: data.length / channels }, (_, i) => data[i * channels] ?? 0);
}

function meanDifference(a: ArrayLike<number>, b: Uint8Array): number {
  return b.reduce((sum, value, i) => sum + Math.abs(value - (a[i] ?? 0)), 0) / b.length;
}
