import { CutkitError } from '../../errors.js';

type SharpModule = typeof import('sharp').default;

/** The image codec. It is an optional peer, so that users who bring their own pixels need not install it. */
export async function loadSharp(): Promise<SharpModule> {
  try {
    return (await import('sharp')).default;
  } catch (cause) {
    throw new CutkitError(
      'CODEC_MISSING',
      'Reading and writing picture files takes the package sharp, which did not load.',
      'Install it with `npm install sharp`.',
      cause,
    );
  }
}
