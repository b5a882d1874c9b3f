import type { RemoveOptions, Remover } from '../../remover.js';
import { type SameKind, sameKind } from './from-raster.js';
import { type OpenBrowserRemoverOptions, openRemover } from './open-remover.js';
import { type BrowserImage, toRaster } from './to-raster.js';

/**
 * Cuts the subject out of one picture and gives it back in the kind that came in. With `remover` an open one is used
 * and stays open; without, the model is opened for this call alone.
 */
export async function removeBackground<Source extends BrowserImage>(
  source: Source,
  options: RemoveOptions & OpenBrowserRemoverOptions & { readonly remover?: Remover } = {},
): Promise<SameKind<Source>> {
  const image = await toRaster(source);
  const remover = options.remover ?? (await openRemover(options));
  try {
    const { cutout } = await remover.remove(image, options);
    return await sameKind(cutout, source);
  } finally {
    if (!options.remover) await remover.dispose();
  }
}
