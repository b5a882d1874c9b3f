import type { Alpha } from '../types.js';

/** The product of two coverages of one size, rounded: what was transparent before stays so. */
export function multiplyAlpha(a: Alpha, b: Alpha): Alpha {
  const data = new Uint8Array(a.data.length);
  for (let i = 0; i < data.length; i++) data[i] = (a.data[i]! * b.data[i]! + 127) / 255;
  return { width: a.width, height: a.height, channels: 1, data };
}
