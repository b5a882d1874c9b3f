import { CutkitError } from '../errors.js';
import { closedFormAlpha } from '../matting/closed-form.js';
import type { Alpha, Raster } from '../types.js';
import { type LogitPlan, thresholdLogits } from './logits.js';
import { type Mask, pixelsOf } from './mask.js';
import { trimapOf } from './trimap.js';

/** How a mask's edge is made soft. */
export interface SoftOptions {
  /** Logits above this are the mask. Default 0. */
  readonly threshold?: number;
  /**
   * Half the width of the band around the edge in which alpha is found, in image pixels; rounded to whole cells of the network's
   * logits. Default: 1 % of the long side, from 4 to 16. Wider for long hair; cost follows it.
   */
  readonly radius?: number;
}

/** Of the long side. */
const RADIUS_SHARE = 0.01;
const [LEAST_RADIUS, MOST_RADIUS] = [4, 16];
/** How much the network's own edge counts beside colours; enough to decide where both sides look alike. */
const PRIOR = 1e-4;
/** Alpha has 8 bits: a residual this small moves none of them. */
const TOLERANCE = 1e-5;

/**
 * Alpha with soft edges for one plane of logits: sure inside and outside, and closed-form matting on the picture's own colours in
 * the band between.
 */
export function softMask(
  image: Raster,
  plan: LogitPlan,
  logits: Float32Array,
  options: SoftOptions = {},
): Alpha {
  const { width, height, side, frame, content } = plan.geometry;
  const { threshold = 0 } = options;
  const cell = Math.max(width / content.width, height / content.height) * (frame / side);
  const share = Math.max(width, height) * RADIUS_SHARE;
  const radius = options.radius ?? Math.min(MOST_RADIUS, Math.max(LEAST_RADIUS, share));
  if (!(radius > 0)) {
    throw new CutkitError('BAD_OPTION', `radius is ${radius}.`, 'Give a number of pixels above 0.');
  }
  const trimap = trimapOf(plan, logits, threshold, Math.max(1, Math.round(radius / cell)));
  const alpha = alphaOf(thresholdLogits(plan, logits, threshold).mask);
  return closedFormAlpha(image, trimap, { prior: { alpha, weight: PRIOR }, tolerance: TOLERANCE });
}

function alphaOf(mask: Mask): Alpha {
  const data = pixelsOf(mask);
  for (let i = 0; i < data.length; i++) data[i] = data[i]! * 255;
  return { width: mask.width, height: mask.height, channels: 1, data };
}
