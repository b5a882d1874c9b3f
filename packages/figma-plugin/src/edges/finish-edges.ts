import { type Alpha, maskOf, pixelsOf, removeSmallRegions } from '@cutkit/core';
import { blur } from './blur.js';
import type { Edges } from './edges.js';
import { shiftEdge } from './shift-edge.js';

/** Coverage from this on counts as the subject, where something must be inside or outside. */
const HALF = 128;

/**
 * Finishes coverage: regions first, then shape, then softness. `scale` is how many of the plane's pixels one pixel of the
 * picture is, for previews at a smaller size. Plain edges give the plane back as it came.
 */
export function finishEdges(alpha: Alpha, edges: Edges, scale = 1): Alpha {
  const { width, height } = alpha;
  let data = new Uint8Array(alpha.data.buffer, alpha.data.byteOffset, alpha.data.length);
  if (edges.fillHoles > 0) data = tidy(data, width, height, edges.fillHoles * scale * scale, 'holes');
  if (edges.dropSpecks > 0) data = tidy(data, width, height, edges.dropSpecks * scale * scale, 'islands');
  if (edges.smooth > 0) data = steepen(blur(data, width, height, edges.smooth * scale), edges.smooth * scale);
  data = shiftEdge(data, width, height, edges.shift * scale);
  data = blur(data, width, height, edges.feather * scale);
  return { width, height, channels: 1, data };
}

/** Small regions become what is around them; soft pixels elsewhere stay as they are. */
function tidy(
  data: Uint8Array,
  width: number,
  height: number,
  area: number,
  kind: 'holes' | 'islands',
): Uint8Array<ArrayBuffer> {
  const before = Uint8Array.from(data, (value) => (value >= HALF ? 1 : 0));
  const { mask, changed } = removeSmallRegions(maskOf(width, height, before), area, kind);
  if (!changed) return Uint8Array.from(data);
  const after = pixelsOf(mask);
  return Uint8Array.from(data, (value, i) => (before[i] === after[i] ? value : after[i]! * 255));
}

/** Brings a blurred edge back to about one pixel of softness, around its middle. */
function steepen(data: Uint8Array, sigma: number): Uint8Array<ArrayBuffer> {
  const gain = Math.max(1, sigma * 2);
  return Uint8Array.from(data, (value) => Math.min(255, Math.max(0, (value - 127.5) * gain + 127.5)));
}
