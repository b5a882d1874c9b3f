import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { isOpaque } from '../../src/engine/is-opaque.js';

const picture = (channels: 3 | 4) =>
  sharp({ create: { width: 4, height: 4, channels, background: { r: 200, g: 100, b: 50, alpha: 1 } } });

/** The file with a chunk after its header. */
function withChunk(file: Uint8Array, name: string, content: readonly number[]): Uint8Array {
  const chunk = [0, 0, 0, content.length, ...new TextEncoder().encode(name), ...content, 0, 0, 0, 0];
  return Uint8Array.from([...file.subarray(0, 33), ...chunk, ...file.subarray(33)]);
}

describe('isOpaque', () => {
  it.each([
    ['JPEG', () => picture(3).jpeg(), true],
    ['PNG of RGB', () => picture(3).png(), true],
    ['PNG of grey', () => picture(3).toColourspace('b-w').png(), true],
    ['PNG with alpha, though all of it is full', () => picture(4).png(), false],
    ['PNG with a palette', () => picture(3).png({ palette: true }), false],
    ['GIF', () => picture(3).gif(), false],
    ['WebP', () => picture(3).webp(), false],
  ] as const)('%s', async (_, make, expected) => {
    expect(isOpaque(await make().toBuffer())).toBe(expected);
  });

  it('sees the transparent colour of a PNG', async () => {
    const file = await picture(3).png().toBuffer();
    expect(isOpaque(withChunk(file, 'tEXt', [65]))).toBe(true);
    expect(isOpaque(withChunk(file, 'tRNS', [0, 200, 0, 100, 0, 50]))).toBe(false);
  });

  it.each([[[]], [[0x89, 0x50, 0x4e, 0x47]]])('says no of %j', (bytes) => {
    expect(isOpaque(Uint8Array.from(bytes))).toBe(false);
  });
});
