import { type Alpha, CutkitError, type PredictedMask, type Predictor } from '@cutkit/core';
import { rasterOf } from './answer-report.js';

/** How an answer's edge is written. */
export interface EdgeOptions {
  readonly soft?: boolean;
  readonly radius?: number;
}

/** Throws `BAD_OPTION` for a band's width without a band. */
export function checkEdge({ soft, radius }: EdgeOptions): void {
  if (radius === undefined || soft) return;
  throw new CutkitError('BAD_OPTION', '--radius is the width of a soft edge.', 'Give --soft too.');
}

/** An answer's mask as alpha: 0 and 255, or with soft edges. */
export async function alphaOf(
  answer: PredictedMask,
  predictor: Predictor,
  { soft, radius }: EdgeOptions,
): Promise<Alpha> {
  if (!soft) return rasterOf(answer.mask);
  return predictor.soften(answer, radius === undefined ? {} : { radius });
}
