import { LayerError } from './layer-error.js';
import { drawnBounds } from './targets/describe-layer.js';

/** Longest side of a drawn layer: Figma's limit for pictures. */
const MAX_SIDE = 4096;
/** Pixels a unit, where the limit allows. */
const SCALE = 2;

/** Draws a layer as PNG, sharp enough for screens and never beyond Figma's limit. */
export async function renderLayer(node: SceneNode): Promise<Uint8Array> {
  const { width, height } = drawnBounds(node);
  const longest = Math.max(width, height);
  if (longest < 1) throw new LayerError('There is nothing in it to be seen.');
  // Rounded down: a scale that lands a fraction of a pixel past the limit makes the export fail.
  const value = Math.floor(Math.min(SCALE, MAX_SIDE / longest) * 1000) / 1000;
  return node.exportAsync({ format: 'PNG', constraint: { type: 'SCALE', value } });
}
