import { readFile } from 'node:fs/promises';
import type { Removal, RemoveOptions, Remover } from '../../remover.js';
import { decodeImage } from './decode-image.js';
import { encodeImage } from './encode-image.js';
import { type OpenRemoverOptions, openRemover } from './open-remover.js';

/** How one file is cut: the model, the removal and the encoding in one. */
export interface RemoveBackgroundOptions extends Omit<RemoveOptions, 'network'>, OpenRemoverOptions {
  /** An open remover to use and leave open. Without one, the model is opened for this call alone. */
  readonly remover?: Remover;
  readonly format?: 'png' | 'webp';
  /** Largest picture that is decoded, in pixels. Default 100 million. */
  readonly maxPixels?: number;
}

/** A {@link Removal} and its encoded cut-out. */
export interface EncodedRemoval extends Removal {
  /** The PNG or WebP file, in the source's own colour profile. */
  readonly bytes: Uint8Array;
}

/** Cuts the subject out of a picture file: a path or its bytes in, an encoded cut-out with its alpha out. */
export async function removeBackground(
  source: string | Uint8Array,
  options: RemoveBackgroundOptions = {},
): Promise<EncodedRemoval> {
  const bytes = typeof source === 'string' ? await readFile(source) : source;
  const { maxPixels, format } = options;
  const image = await decodeImage(bytes, maxPixels === undefined ? {} : { maxPixels });
  const remover = options.remover ?? (await openRemover(options));
  try {
    const removal = await remover.remove(image.raster, { ...options, network: image.srgb });
    const encoded = await encodeImage(removal.cutout, { format: format ?? 'png', icc: image.icc });
    return { ...removal, bytes: encoded };
  } finally {
    if (!options.remover) await remover.dispose();
  }
}
