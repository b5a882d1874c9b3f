import { readFileSync } from 'node:fs';
import { findManifest, normalize, resize } from '@cutkit/core';
import { decodeImage, openNode, openRemover, removeBackground } from '@cutkit/core/node';
import sharp from 'sharp';
import { bigPhoto, MODEL, versus } from './support.mjs';

/** A whole cut of 12 megapixels against the least anyone could do: decode, run the network, encode RGBA. */
export async function overhead() {
  const photo = readFileSync(await bigPhoto());
  const remover = await openRemover();
  const manifest = findManifest('unet-cutout');
  const session = await openNode(readFileSync(MODEL), 'auto', {});
  const { raster } = await decodeImage(photo);
  const { width, height } = manifest.input;
  const data = normalize(resize(raster, width, height, manifest.input.filter), manifest.input);
  const feeds = { [session.inputs[0].name]: { type: 'float32', dims: [1, 3, height, width], data } };
  const cut = await remover.remove(raster);
  const rgba = { raw: { width: raster.width, height: raster.height, channels: 4 } };
  const result = await versus(
    5,
    () => removeBackground(photo, { remover }),
    async () => {
      await sharp(photo).raw().toBuffer();
      await session.run(feeds);
      await sharp(cut.cutout.data, rgba).png().toBuffer();
    },
  );
  await remover.dispose();
  await session.dispose();
  return { ...result, target_ratio: 1.3, backend: remover.backend };
}
