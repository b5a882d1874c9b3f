import type { Alpha, Raster } from '../types.js';
import { multiplyAlpha } from './multiply-alpha.js';

/** Coverage times the picture's own alpha, where it has one: what was transparent before stays so. */
export function withOwnAlpha({ width, height, channels, data }: Raster, alpha: Alpha): Alpha {
  if (channels !== 4) return alpha;
  const own = new Uint8Array(width * height);
  for (let i = 0; i < own.length; i++) own[i] = data[i * 4 + 3]!;
  return multiplyAlpha(alpha, { width, height, channels: 1, data: own });
}
