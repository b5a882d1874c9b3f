import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../src/platform/node/decode-image.js';

const WIDTH = 40;
const HEIGHT = 20;
/** Left half red, right half blue; the top row green. */
const PIXELS = Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, i) => {
  const x = Math.floor(i / 3) % WIDTH;
  const y = Math.floor(i / 3 / WIDTH);
  const colour = y === 0 ? [0, 255, 0] : x < WIDTH / 2 ? [255, 0, 0] : [0, 0, 255];
  return colour[i % 3]!;
});
const scene = () => sharp(PIXELS, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
const at = (
  { width, channels, data }: { width: number; channels: number; data: ArrayLike<number> },
  x: number,
  y: number,
) => Array.from({ length: channels }, (_, c) => data[(y * width + x) * channels + c]);

describe('decodeImage', () => {
  it.each(['png', 'webp', 'tiff', 'gif', 'avif', 'jpeg'] as const)('reads %s', async (format) => {
    const bytes = await scene().toFormat(format, { lossless: true }).toBuffer();
    const { raster, notices } = await decodeImage(bytes);
    expect([raster.width, raster.height]).toEqual([WIDTH, HEIGHT]);
    const [r = 0, g = 0, b = 0] = at(raster, 5, 10);
    expect([r > 230, g < 25, b < 25]).toEqual([true, true, true]);
    expect(notices).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('turns EXIF orientation %i upright', async (orientation) => {
    const stored = await scene().withMetadata({ orientation }).png().toBuffer();
    const { raster } = await decodeImage(stored);
    const expected = await sharp(stored).autoOrient().raw().toBuffer();
    expect([raster.width, raster.height]).toEqual(orientation > 4 ? [HEIGHT, WIDTH] : [WIDTH, HEIGHT]);
    expect(Buffer.compare(raster.data as Uint8Array, expected)).toBe(0);
  });

  it('keeps transparency straight', async () => {
    const bytes = await sharp({
      create: { width: 4, height: 4, channels: 4, background: { r: 200, g: 100, b: 50, alpha: 0.5 } },
    })
      .png()
      .toBuffer();
    expect(at((await decodeImage(bytes)).raster, 1, 1)).toEqual([200, 100, 50, 128]);
  });

  it('brings 16 bits down to 8 and says so', async () => {
    const deep = Uint16Array.from(PIXELS, (value) => value * 257);
    const bytes = await sharp(deep, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
      .toColourspace('rgb16')
      .png()
      .toBuffer();
    const { raster, notices } = await decodeImage(bytes);
    expect(at(raster, 5, 10)).toEqual([255, 0, 0]);
    expect(notices).toEqual(['more than 8 bits a channel are reduced to 8']);
  });

  it('makes RGB of grey and of grey with alpha', async () => {
    const grey = await scene().toColourspace('b-w').png().toBuffer();
    expect((await decodeImage(grey)).raster.channels).toBe(3);
    const data = Uint8Array.of(10, 255, 20, 128);
    const soft = await sharp(data, { raw: { width: 2, height: 1, channels: 2 } })
      .toColourspace('b-w')
      .png()
      .toBuffer();
    expect(at((await decodeImage(soft)).raster, 1, 0)).toEqual([20, 20, 20, 128]);
  });

  it('reads a palette', async () => {
    const bytes = await scene().png({ palette: true, colours: 8 }).toBuffer();
    expect(at((await decodeImage(bytes)).raster, 30, 10)).toEqual([0, 0, 255]);
  });

  it('converts CMYK and says so', async () => {
    const bytes = await scene().toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer();
    const { raster, notices, icc } = await decodeImage(bytes);
    const [r = 0, , b = 0] = at(raster, 5, 10);
    expect(raster.channels).toBe(3);
    expect(r).toBeGreaterThan(b + 100);
    expect(notices).toEqual(['CMYK is converted to sRGB']);
    expect(icc).toBeUndefined();
  });

  it('gives the network sRGB and keeps the pixels and profile of a wide-gamut picture', async () => {
    const bytes = await scene().withIccProfile('p3').png().toBuffer();
    const { raster, srgb, icc } = await decodeImage(bytes);
    const own = await sharp(bytes, { ignoreIcc: true }).raw().toBuffer();
    expect(Buffer.compare(raster.data as Uint8Array, own)).toBe(0);
    expect(at(raster, 5, 10)).not.toEqual([255, 0, 0]);
    const [r = 0, g = 0, b = 0] = at(srgb, 5, 10);
    expect([r > 250, g < 6, b < 6]).toEqual([true, true, true]);
    expect(Buffer.compare(icc!, (await sharp(bytes).metadata()).icc!)).toBe(0);
  });

  it('takes the first frame of an animation and says so', async () => {
    const frames = await Promise.all(
      ['red', 'blue'].map((background) =>
        sharp({ create: { width: 8, height: 8, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const bytes = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    const { raster, notices } = await decodeImage(bytes);
    expect([raster.width, raster.height]).toEqual([8, 8]);
    expect(at(raster, 4, 4).slice(0, 3)).toEqual([255, 0, 0]);
    expect(notices).toEqual(['animated: only the first of 2 frames is used']);
  });

  it.each([
    ['no bytes', async () => new Uint8Array(), 'IMAGE_EMPTY'],
    ['text', async () => new TextEncoder().encode('hello'), 'NOT_AN_IMAGE'],
    ['a PDF', async () => new TextEncoder().encode('%PDF-1.7\n'), 'NOT_AN_IMAGE'],
    ['a JPEG cut in half', async () => halved(await noise().jpeg().toBuffer()), 'IMAGE_TRUNCATED'],
    ['a PNG cut in half', async () => halved(await noise().png().toBuffer()), 'IMAGE_TRUNCATED'],
    ['a WebP cut in half', async () => halved(await noise().webp().toBuffer()), 'IMAGE_TRUNCATED'],
  ])('refuses %s', async (_, make, code) => {
    await expect(decodeImage(await make())).rejects.toMatchObject({ code, hint: expect.stringMatching(/./) });
  });

  it('refuses a decompression bomb from its header', async () => {
    const bomb = await sharp({ create: { width: 12_000, height: 9_000, channels: 3, background: 'black' } })
      .png()
      .toBuffer();
    await expect(decodeImage(bomb)).rejects.toMatchObject({
      code: 'IMAGE_TOO_LARGE',
      message: 'The picture has 12000×9000 = 108 megapixels; the limit is 100 megapixels.',
    });
  });

  it('takes its limit from the caller', async () => {
    const bytes = await scene().png().toBuffer();
    await expect(decodeImage(bytes, { maxPixels: 799 })).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
    await expect(decodeImage(bytes, { maxPixels: 800 })).resolves.toBeDefined();
  });

  it.each([
    [1, 1],
    [1, 20_000],
  ])('reads %i×%i', async (width, height) => {
    const bytes = await sharp({ create: { width, height, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const { raster } = await decodeImage(bytes);
    expect([raster.width, raster.height]).toEqual([width, height]);
  });
});

const noise = () =>
  sharp(
    Uint8Array.from({ length: 200 * 200 * 3 }, (_, i) => (i * 7919) >> 4),
    { raw: { width: 200, height: 200, channels: 3 } },
  );

function halved(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}
