import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import manifest from '../../../../models/sam-tiny/model.json' with { type: 'json' };
import { joinRuns, readEmbedded } from '../../src/index.js';
import derived from '../../src/models/derived.json' with { type: 'json' };
import { derive } from '../../src/models/onnx/derive.js';
import { noise, onnxOf } from '../support/onnx.js';

const MODELS = new URL('../../../../models/', import.meta.url);
const model = (name: string) => new Uint8Array(readFileSync(new URL(name, MODELS)));
const tensors = (...list: Uint8Array[]) => list.map((raw) => ({ type: 3, raw }));

describe('derive', () => {
  const base = onnxOf(tensors(noise(4_000, 1), noise(9_000, 2)));
  const file = onnxOf(tensors(noise(9_000, 2), noise(2_000, 3), noise(4_000, 1)));

  it('keeps only what the other file lacks, and gives the very bytes back', () => {
    const { runs, rest } = derive(base, file);
    expect(joinRuns(runs, { base, rest })).toEqual(file);
    expect(rest.length).toBeLessThan(2_200);
  });

  it('reads a file from a view that begins within its buffer', () => {
    const shifted = new Uint8Array([7, 7, 7, ...base]).subarray(3);
    const { runs, rest } = derive(shifted, file);
    expect(joinRuns(runs, { base: shifted, rest })).toEqual(file);
  });
});

describe('readEmbedded', () => {
  const { base, rest, runs } = derived['sam-tiny/encoder.onnx'];
  const encoder = model('sam-tiny/encoder.onnx');
  const own = derive(model(base), encoder).rest;
  const read = async (name: string) => (name === rest.path ? own : model(name));

  it('puts the embedded encoder together, to the byte', async () => {
    const bytes = await readEmbedded('sam-tiny/encoder.onnx', read);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(manifest.files.encoder.sha256);
    expect(runs.length).toBeGreaterThan(10);
    expect(own.length).toBeLessThan(encoder.length / 10);
  });

  it('reads a whole file as it is', async () => {
    expect(await readEmbedded('sam-tiny/decoder.onnx', read)).toEqual(model('sam-tiny/decoder.onnx'));
  });

  it('refuses parts of different versions', async () => {
    const cut = async (name: string) => (await read(name)).subarray(0, 1000);
    await expect(readEmbedded('sam-tiny/encoder.onnx', cut)).rejects.toMatchObject({ code: 'MODEL_CORRUPT' });
  });
});
