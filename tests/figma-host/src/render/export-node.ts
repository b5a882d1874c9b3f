import type { FigmaHost } from '../host.js';
import { compose, invert, type Matrix } from '../scene/transform.js';
import type { Renderer } from './renderer.js';

interface ExportSettingsJson {
  readonly format?: 'PNG' | 'JPG';
  readonly constraint?: { readonly type: 'SCALE' | 'WIDTH' | 'HEIGHT'; readonly value: number };
}

/** Longest side of an exported picture. */
const MAX_SIDE = 4096;

/** `node.exportAsync`: the node alone, in its upright bounds on the page. Refuses sizes past 4096, as the editor does. */
export async function exportNode(
  host: FigmaHost,
  renderer: Renderer,
  id: string,
  settings: unknown,
): Promise<Uint8Array> {
  const { format = 'PNG', constraint } = (settings ?? {}) as ExportSettingsJson;
  if (format !== 'PNG' && format !== 'JPG')
    throw new Error(`in exportAsync: the host does not export ${format}`);
  const { x, y, width, height } = host.scene.absoluteBounds(id);
  const scale = scaleOf(constraint, width, height);
  if (Math.max(width, height) * scale > MAX_SIDE) throw new Error('in exportAsync: Image is too large');
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(width * scale)),
    Math.max(1, Math.round(height * scale)),
  );
  const view: Matrix = [
    [scale, 0, -x * scale],
    [0, scale, -y * scale],
  ];
  await renderer.draw(canvas, [id], view);
  const blob = await canvas.convertToBlob({ type: format === 'JPG' ? 'image/jpeg' : 'image/png' });
  return new Uint8Array(await blob.arrayBuffer());
}

function scaleOf(constraint: ExportSettingsJson['constraint'], width: number, height: number): number {
  if (!constraint) return 1;
  if (constraint.type === 'WIDTH') return constraint.value / width;
  if (constraint.type === 'HEIGHT') return constraint.value / height;
  return constraint.value;
}

/** A node's own pixels at `scale` pixels a unit, unturned: what tests compare. */
export async function nodePixels(
  host: FigmaHost,
  renderer: Renderer,
  id: string,
  frame: string,
  scale: number,
): Promise<ImageData> {
  const { width, height } = host.scene.get(frame);
  const upright = invert(host.scene.absoluteTransform(frame));
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  const view = compose(
    [
      [scale, 0, 0],
      [0, scale, 0],
    ],
    upright,
  );
  await renderer.draw(canvas, [id], view);
  return canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
}
