import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { joinRuns, shareWeights } from '../../src/index.js';
import { findWeights } from '../../src/models/onnx/weights.js';
import { noise, onnxOf } from '../support/onnx.js';

const MODELS = new URL('../../../../models/', import.meta.url);
const embedded = (path: string) => new Uint8Array(readFileSync(new URL(path, MODELS)));
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const trunk = [noise(40_000, 1), noise(1_000, 2), noise(60_000, 3)];
const scales = noise(64, 4);

describe('findWeights', () => {
  it('gives the place of every tensor with raw values', () => {
    const model = onnxOf([
      { type: 3, raw: trunk[1]! },
      { type: 1, raw: scales },
    ]);
    const [first, second, ...rest] = findWeights(model);
    expect(rest).toEqual([]);
    expect(model.subarray(first!.start, first!.end)).toEqual(trunk[1]);
    expect(model.subarray(second!.start, second!.end)).toEqual(scales);
  });

  it('refuses what is not ONNX', () => {
    expect(() => findWeights(new TextEncoder().encode('<html>'))).toThrow(
      expect.objectContaining({ code: 'MODEL_CORRUPT' }),
    );
  });
});

describe('shareWeights', () => {
  const tensors = (...list: Uint8Array[]) => list.map((raw) => ({ type: 3, raw }));
  const own = noise(5_000, 5);
  const files = {
    cutout: onnxOf(tensors(trunk[0]!, trunk[1]!, scales, trunk[2]!, own)),
    // The same trunk in another order, between other things, one tensor of it twice.
    encoder: onnxOf(tensors(noise(700, 6), trunk[2]!, trunk[0]!, scales, trunk[1]!, trunk[0]!)),
    decoder: onnxOf(tensors(noise(3_000, 7))),
  };
  const { streams, recipes } = shareWeights(files);

  it('keeps a tensor once, in the stream of those that need it', () => {
    expect(Object.keys(streams).sort()).toEqual(['cutout', 'cutout+encoder', 'decoder', 'encoder']);
    expect(streams['cutout+encoder']!.length).toBe(101_000);
    expect(streams['encoder']!.length).toBeLessThan(1_000);
  });

  it.each(['cutout', 'encoder', 'decoder'] as const)('gives back the very bytes of %s', (name) => {
    const needed = new Set(recipes[name].map(([stream]) => stream));
    const some = Object.fromEntries(Object.entries(streams).filter(([stream]) => needed.has(stream)));
    expect(hashOf(joinRuns(recipes[name], some))).toBe(hashOf(files[name]));
    for (const stream of needed) expect(stream.split('+')).toContain(name);
  });

  it('makes one run of what lies together', () => {
    expect(recipes.decoder).toEqual([['decoder', 0, files.decoder.length]]);
  });

  it('does so for the embedded networks', () => {
    const real = {
      cutout: embedded('unet-cutout/model.onnx'),
      encoder: embedded('sam-tiny/encoder.onnx'),
      decoder: embedded('sam-tiny/decoder.onnx'),
    };
    const shared = shareWeights(real);
    for (const name of ['cutout', 'encoder', 'decoder'] as const)
      expect(hashOf(joinRuns(shared.recipes[name], shared.streams))).toBe(hashOf(real[name]));
    const kept = Object.values(shared.streams).reduce((sum, { length }) => sum + length, 0);
    const whole = Object.values(real).reduce((sum, { length }) => sum + length, 0);
    expect(kept).toBeLessThanOrEqual(whole);
  });
});
