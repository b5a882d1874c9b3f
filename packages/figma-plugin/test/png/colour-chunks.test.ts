import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { colourChunks } from '../../src/png/colour-chunks.js';
import { encodePng } from '../../src/png/encode-png.js';

const picture = () =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: { r: 220, g: 40, b: 30 } } });
const profileOf = async (file: Uint8Array) => (await sharp(file).metadata()).icc;

/** A cut-out with the colours of a file, as the plugin writes it. */
async function cutoutLike(file: Uint8Array): Promise<Uint8Array> {
  const raster = { width: 1, height: 1, channels: 4, data: Uint8Array.of(220, 40, 30, 255) } as const;
  return encodePng(raster, await colourChunks(file));
}

describe('colourChunks', () => {
  it.each(['jpeg', 'png'] as const)('carries the profile of a %s in Display P3', async (kind) => {
    const file = await picture().withIccProfile('p3').toFormat(kind).toBuffer();
    const profile = await profileOf(file);
    expect(profile!.length).toBeGreaterThan(100);
    expect(await profileOf(await cutoutLike(file))).toEqual(profile);
  });

  it('puts a profile of several segments together, in their order', async () => {
    const file = await picture().withIccProfile('p3').jpeg().toBuffer();
    const profile = (await profileOf(file))!;
    const piece = (number: number, bytes: Uint8Array) => {
      const content = [...new TextEncoder().encode('ICC_PROFILE\0'), number, 2, ...bytes];
      return [0xff, 0xe2, (content.length + 2) >> 8, (content.length + 2) & 255, ...content];
    };
    const plain = await picture().jpeg().toBuffer();
    const split = Uint8Array.from([
      ...plain.subarray(0, 2),
      ...piece(2, profile.subarray(200)),
      ...piece(1, profile.subarray(0, 200)),
      ...plain.subarray(2),
    ]);
    expect(await profileOf(await cutoutLike(split))).toEqual(profile);
  });

  it('leaves out profiles of values that are not RGB', async () => {
    const grey = await picture().toColourspace('b-w').png().toBuffer();
    const print = await picture().toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer();
    expect(await colourChunks(grey)).toEqual([]);
    expect((await profileOf(print))!.length).toBeGreaterThan(100);
    expect(await colourChunks(print)).toEqual([]);
  });

  it.each([
    ['a plain JPEG', () => picture().jpeg().toBuffer()],
    ['a GIF', () => picture().gif().toBuffer()],
    ['nothing', async () => new Uint8Array()],
    ['a JPEG cut short', async () => Uint8Array.of(0xff, 0xd8, 0xff, 0xe2, 0x40)],
  ])('has nothing to say of %s', async (_, make) => {
    expect(await colourChunks(await make())).toEqual([]);
  });
});
