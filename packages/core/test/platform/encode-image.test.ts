import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createRaster } from '../../src/index.js';
import { decodeImage } from '../../src/platform/node/decode-image.js';
import { encodeImage } from '../../src/platform/node/encode-image.js';

const FORMATS = ['png', 'webp'] as const;

/** Every alpha level, with colours that premultiplying would change. */
function gradient(channels: 1 | 3 | 4) {
  const raster = createRaster(16, 16, channels);
  for (let i = 0; i < raster.data.length; i++) raster.data[i] = (i * 37 + 11) & 255;
  if (channels === 4) for (let i = 0; i < 256; i++) raster.data[i * 4 + 3] = Math.max(1, i);
  return raster;
}

describe.each(FORMATS)('encodeImage to %s', (format) => {
  it.each([3, 4] as const)('gives %i channels back bit for bit', async (channels) => {
    const raster = gradient(channels);
    const { data } = await sharp(await encodeImage(raster, { format }))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(data.equals(Buffer.from(raster.data))).toBe(true);
  });

  it('writes one channel as grey', async () => {
    const raster = gradient(1);
    const bytes = await encodeImage(raster, { format });
    if (format === 'png') expect((await sharp(bytes).metadata()).channels).toBe(1);
    const { raster: read } = await decodeImage(bytes);
    expect(Array.from(raster.data.keys(), (i) => read.data[i * 3])).toEqual(Array.from(raster.data));
  });

  it.each([3, 4] as const)(
    'attaches a profile to %i channels and leaves the pixels alone',
    async (channels) => {
      const { icc } = await sharp(
        await sharp({ create: { width: 2, height: 2, channels: 3, background: 'red' } })
          .withIccProfile('p3')
          .png()
          .toBuffer(),
      ).metadata();
      const raster = gradient(channels);
      const bytes = await encodeImage(raster, { format, icc });
      expect(Buffer.compare((await sharp(bytes).metadata()).icc!, icc!)).toBe(0);
      const pixels = await sharp(bytes, { ignoreIcc: true }).raw().toBuffer();
      expect(pixels.equals(Buffer.from(raster.data))).toBe(true);
    },
  );
});

it('refuses a WebP wider than its format allows', async () => {
  await expect(encodeImage(createRaster(16384, 1, 3), { format: 'webp' })).rejects.toMatchObject({
    code: 'BAD_OPTION',
  });
});
