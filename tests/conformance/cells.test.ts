import { readFileSync } from 'node:fs';
import { createCellFinder, createRaster, findManifest, type Session } from '@cutkit/core';
import { describe, expect, it } from 'vitest';

interface Golden {
  readonly width: number;
  readonly height: number;
  readonly interior: readonly number[];
  readonly border: readonly number[];
  readonly labels: readonly number[];
}

const golden: Golden = JSON.parse(readFileSync(new URL('goldens/cells.json', import.meta.url), 'utf8'));

/** A network that gives the golden's maps, as logits. */
function session({ width, height, interior, border }: Golden): Session {
  const logit = (p: number) => Math.log(p / (1 - p));
  const dims = [1, 2, height, width];
  return {
    backend: 'wasm',
    inputs: [{ name: 'input', type: 'float32', dims: [1, 1, -1, -1] }],
    outputs: [{ name: 'logits', type: 'float32', dims }],
    run: async () => ({
      logits: { type: 'float32', dims, data: Float32Array.from([...interior, ...border], logit) },
    }),
    dispose: async () => {},
  };
}

describe('cells', () => {
  it('are told apart, pixel for pixel, as the workshop tells them', async () => {
    const finder = createCellFinder(session(golden), findManifest('unet-cells'));
    const { labels, cells } = await finder.find(createRaster(golden.width, golden.height, 3));
    expect(cells.length).toBe(Math.max(...golden.labels));
    expect([...labels]).toEqual(golden.labels);
  });
});
