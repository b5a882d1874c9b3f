import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodePng } from '../../src/png/encode-png.js';

describe('encodePng', () => {
  it('keeps every value, under transparency too', async () => {
    const raster = fc
      .record({
        width: fc.integer({ min: 1, max: 20 }),
        height: fc.integer({ min: 1, max: 20 }),
        channels: fc.constantFrom(1, 3, 4),
      })
      .chain(({ width, height, channels }) => {
        const length = width * height * channels;
        const data = fc.uint8Array({ minLength: length, maxLength: length });
        return fc.record({
          width: fc.constant(width),
          height: fc.constant(height),
          channels: fc.constant(channels as 1 | 3 | 4),
          data,
        });
      });
    await fc.assert(
      fc.asyncProperty(raster, async (given) => {
        const { data, info } = await sharp(await encodePng(given))
          .raw()
          .toBuffer({ resolveWithObject: true });
        expect([info.width, info.height]).toEqual([given.width, given.height]);
        const kept = given.channels === 1 && info.channels === 3 ? data.filter((_, i) => i % 3 === 0) : data;
        expect([...kept]).toEqual([...given.data]);
      }),
      { numRuns: 40 },
    );
  });
});
