import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { clearCeilMode } from '../../src/index.js';
import { bareManifest } from '../../src/models/bare.js';
import { readModelInputs } from '../../src/models/onnx/walk.js';

const STAND_INS = new URL('../../../../tests/conformance/goldens/stand-ins/', import.meta.url);
const standIn = (id: string) => new Uint8Array(readFileSync(new URL(`${id}.onnx`, STAND_INS)));
const EMBEDDED = new Uint8Array(
  readFileSync(new URL('../../../../models/unet-cutout/model.onnx', import.meta.url)),
);

describe('readModelInputs', () => {
  it('reads names, types and sizes without a runtime', () => {
    const { inputs, outputs } = readModelInputs(standIn('u2net'));
    expect(inputs).toEqual([{ name: 'input.1', type: 'float32', dims: [1, 3, 320, 320] }]);
    expect(outputs[0]?.dims).toEqual([1, 1, 320, 320]);
  });

  it('gives free dimensions as -1', () => {
    expect(readModelInputs(EMBEDDED).inputs[0]?.dims).toEqual([1, 3, -1, -1]);
  });

  it.each([
    ['text', new TextEncoder().encode('<!doctype html><title>404</title>')],
    ['nothing', new Uint8Array()],
    ['an empty graph of the wrong kind', Uint8Array.of(0x08, 0x07)],
    ['random bytes', Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) & 255)],
    ['a file cut in half', EMBEDDED.subarray(0, EMBEDDED.length / 2)],
  ])('refuses %s as MODEL_CORRUPT', (_, bytes) => {
    expect(() => readModelInputs(bytes)).toThrow(expect.objectContaining({ code: 'MODEL_CORRUPT' }));
  });
});

describe('clearCeilMode', () => {
  it.each(['u2net', 'isnet-general-use'])('edits %s in place of one byte per MaxPool', (id) => {
    const model = standIn(id);
    const edited = clearCeilMode(model);
    const changed = [...model.keys()].filter((i) => model[i] !== edited[i]);
    expect(changed.length).toBeGreaterThan(0);
    for (const i of changed) expect([model[i], edited[i]]).toEqual([1, 0]);
    expect(clearCeilMode(edited)).toBe(edited);
  });

  it('gives a model without the trap back as it is', () => {
    expect(clearCeilMode(EMBEDDED)).toBe(EMBEDDED);
  });
});

describe('bareManifest', () => {
  it("takes the size from the file and rembg's recipe for the rest", () => {
    const { id, input, output } = bareManifest('mine', standIn('isnet-general-use'));
    expect([id, input.width, input.height, input.scale]).toEqual(['mine', 1024, 1024, 'max']);
    expect(output.normalise).toBe('minmax');
  });

  it('falls back to 320 where the file leaves its size free', () => {
    expect(bareManifest('mine', EMBEDDED).input.width).toBe(320);
  });

  it('refuses a model whose input is no picture', () => {
    const wrong = EMBEDDED.slice();
    // `input: [1, 3, H, W]`, which stands behind the weights: the 3 becomes a 2.
    const dims = [0x0a, 0x02, 0x08, 0x03];
    const at = wrong.findLastIndex((_, i) => dims.every((byte, k) => wrong[i + k] === byte));
    wrong[at + 3] = 2;
    expect(() => bareManifest('mine', wrong)).toThrow(expect.objectContaining({ code: 'MODEL_INPUTS' }));
  });
});
