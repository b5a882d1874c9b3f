import { describe, expect, it } from 'vitest';
import { CATALOGUE, findManifest, nearest, parseManifest } from '../../src/index.js';

const EMBEDDED = findManifest('unet-cutout');

describe('parseManifest', () => {
  it.each(CATALOGUE.map((manifest) => [manifest.id, manifest] as const))('accepts %s', (_, manifest) => {
    expect(parseManifest(JSON.parse(JSON.stringify(manifest)), 'model.json')).toEqual(manifest);
  });

  it.each([
    ['a missing field', { licence: undefined }, 'licence'],
    ['a wrong type', { input: { ...EMBEDDED.input, width: '224' } }, 'input.width'],
    ['an unknown filter', { output: { ...EMBEDDED.output, filter: 'sinc' } }, 'output.filter'],
    ['an id that would leave its folder', { id: '../evil' }, 'id'],
    ['a fetched file without a hash', { files: { model: { url: ['https://x.org/m.onnx'] } } }, 'files.model'],
  ])('names the field at fault: %s', (_, change, field) => {
    expect(() => parseManifest({ ...EMBEDDED, ...change }, 'model.json')).toThrow(
      expect.objectContaining({ code: 'MODEL_MANIFEST', message: expect.stringContaining(`${field}:`) }),
    );
  });
});

describe('an unknown model', () => {
  it.each([
    ['u2nett', 'u2net'],
    ['isnet-general', 'isnet-general-use'],
    ['BIREFNET-GENERAL', 'birefnet-general'],
  ])('%s is answered with %s', (typed, meant) => {
    expect(() => findManifest(typed)).toThrow(
      expect.objectContaining({ code: 'MODEL_UNKNOWN', hint: `Did you mean "${meant}"?` }),
    );
  });

  it('far from every id is answered with the list', () => {
    expect(() => findManifest('zzzzzzzz')).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('unet-cutout') }),
    );
  });
});

describe('nearest', () => {
  it('counts insertions, deletions and substitutions', () => {
    expect(nearest('kitten', ['sitting', 'mitten'])).toBe('mitten');
    expect(nearest('remvoe', ['models', 'remove'])).toBe('remove');
  });

  it('prefers what the word begins', () => {
    expect(nearest('isnet-general', ['birefnet-general', 'isnet-general-use'])).toBe('isnet-general-use');
  });

  it('gives nothing where nothing is near', () => {
    expect(nearest('abc', ['uvwxyz'])).toBeUndefined();
    expect(nearest('abc', [])).toBeUndefined();
  });
});
