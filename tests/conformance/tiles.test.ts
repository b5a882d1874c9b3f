import { readFileSync } from 'node:fs';
import { findManifest, predict, resize, UNET_TILES } from '@cutkit/core';
import { decodeImage, openNode } from '@cutkit/core/node';
import { describe, expect, it } from 'vitest';

/** The embedded network over a picture in tiles against the same network over the whole picture at once. */
const MODEL = readFileSync(new URL('../../models/unet-cutout/model.onnx', import.meta.url));
const PHOTO = readFileSync(new URL('../../packages/cli/sample/photo.jpg', import.meta.url));
const WHOLE = { ...UNET_TILES, tile: 1 << 14 };
const SMALL = { ...UNET_TILES, tile: 640 };

describe('tiled inference', () => {
  it.each([
    [1000, 700],
    [901, 645],
    [333, 1201],
  ])('at %i×%i has no seams', async (width, height) => {
    const { raster } = await decodeImage(PHOTO);
    const image = resize(raster, width, height, 'bilinear');
    const session = await openNode(MODEL, 'auto', { threads: 2 });
    try {
      const manifest = findManifest('unet-cutout');
      const whole = await predict(session, manifest, image, {}, WHOLE);
      const tiled = await predict(session, manifest, image, {}, SMALL);
      const worst = whole.reduce((most, value, i) => Math.max(most, Math.abs(value - (tiled[i] ?? 9))), 0);
      expect(worst).toBeLessThanOrEqual(1 / 255);
    } finally {
      await session.dispose();
    }
  });
});
