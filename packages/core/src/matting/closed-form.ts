import type { Alpha, Raster } from '../types.js';
import { bandLaplacian } from './band-laplacian.js';
import { conjugateGradient } from './conjugate-gradient.js';

/** How closed-form matting solves. */
export interface ClosedFormOptions {
  /** What open pixels probably are, where colours do not tell, and how much that counts beside them. */
  readonly prior?: { readonly alpha: Alpha; readonly weight: number };
  /** Residual at which to stop, as a share of the right side. Default 1e-7, as pymatting. */
  readonly tolerance?: number;
}

/** pymatting's regularisation of a window's colours, and how firmly known pixels are held. */
const EPSILON = 1e-7;
const HOLD = 100;
const LEAST_SIDE = 3;

/**
 * Alpha in the open part of a trimap: closed-form matting (Levin, Lischinski and Weiss 2008) with pymatting's parameters. In
 * every 3×3 window alpha is a linear function of colour; known pixels are held by a stiff spring.
 *
 * `image` is RGB or RGBA; in `trimap`, of the same size, 0 is background, 255 the subject, anything else open. Only open pixels
 * and those within two of them are unknowns, so that cost and memory (about 250 bytes an unknown) follow the band, not the
 * picture. What the trimap knows is given back as it is.
 */
export function closedFormAlpha(
  image: Raster,
  trimap: Alpha,
  { prior, tolerance = 1e-7 }: ClosedFormOptions = {},
): Alpha {
  const { width, height } = image;
  if (trimap.width !== width || trimap.height !== height || image.channels === 1) {
    throw new RangeError(`a ${trimap.width}×${trimap.height} trimap needs a colour picture of that size`);
  }
  const data = trimap.data.slice();
  const out: Alpha = { width, height, channels: 1, data };
  if (width < LEAST_SIDE || height < LEAST_SIDE) return out;
  const laplacian = bandLaplacian(image, trimap, EPSILON);
  const { count, pixels, diagonal } = laplacian;
  const right = new Float64Array(count);
  const x = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const at = pixels[i]!;
    const isKnown = trimap.data[at] === 0 || trimap.data[at] === 255;
    const [weight, value] = isKnown
      ? [HOLD, trimap.data[at]! / 255]
      : [prior?.weight ?? 0, (prior?.alpha.data[at] ?? 0) / 255];
    diagonal[i]! += weight;
    right[i] = weight * value;
    x[i] = value;
  }
  conjugateGradient({ ...laplacian, right }, x, tolerance);
  for (let i = 0; i < count; i++) {
    const at = pixels[i]!;
    if (trimap.data[at] !== 0 && trimap.data[at] !== 255)
      data[at] = Math.round(255 * Math.min(1, Math.max(0, x[i]!)));
  }
  return out;
}
