import type { Layer, Output } from '../../protocol.js';
import { readData } from '../cutout-data.js';
import { type Context, preferredOutput } from './context.js';
import { fillsOf, geometryOf, imagePaintOf } from './image-paint.js';

/** A node with a picture among its fills, as the window sees it; undefined for nodes without. */
export function describeImageLayer(node: SceneNode, context: Context): Layer | undefined {
  const paint = imagePaintOf(node);
  if (!paint) return undefined;
  const data = readData(node);
  const isCut = data?.role === 'source' && 'original' in data;
  const original = isCut ? data.original : paint;
  return {
    id: node.id,
    name: node.name,
    source: { kind: 'image', hash: original.imageHash ?? '' },
    width: node.width,
    height: node.height,
    geometry: geometryOf(original) as Layer['geometry'],
    preferred: data?.role === 'source' ? data.output : preferredOutput(node, context),
    refused: refusals(context, original.scaleMode === 'TILE'),
    ...existingOf(node, isCut ? data.cutHash : undefined),
  };
}

/** Any other node, which will be drawn. */
export function describeDrawnLayer(node: SceneNode, context: Context): Layer {
  const { width, height } = drawnBounds(node);
  const noFill = 'this layer has no picture among its fills';
  return {
    id: node.id,
    name: node.name,
    source: { kind: 'render' },
    width,
    height,
    geometry: { scaleMode: 'FILL' },
    preferred: context.noGroup ? 'new-layer' : 'mask-group',
    refused: { ...refusals(context, false), 'fill-stack': noFill, 'replace-fill': noFill },
    ...existingOf(node, undefined),
  };
}

/** What a node covers when it is drawn, on the page. */
export function drawnBounds(node: SceneNode): Rect {
  const bounds =
    ('absoluteRenderBounds' in node ? node.absoluteRenderBounds : null) ?? node.absoluteBoundingBox;
  return bounds ?? { x: 0, y: 0, width: 0, height: 0 };
}

function refusals({ noGroup }: Context, isTiled: boolean): Partial<Record<Output, string>> {
  const refused: Partial<Record<Output, string>> = {};
  if (noGroup) {
    refused['mask-group'] = noGroup;
    refused['vector-outline'] = noGroup;
  }
  if (isTiled) refused['vector-outline'] = 'a tiled picture repeats, an outline does not';
  return refused;
}

function existingOf(node: SceneNode, cutHash: string | undefined): Pick<Layer, 'existing'> | object {
  if (cutHash) return { existing: { hash: cutHash, coverage: 'alpha' } };
  const { parent } = node;
  if (!parent || readData(parent)?.role !== 'group' || !('children' in parent)) return {};
  const mask = parent.children.find((child) => readData(child)?.role === 'mask');
  const paint = mask ? (fillsOf(mask as SceneNode)[0] as Paint | undefined) : undefined;
  return paint?.type === 'IMAGE' && paint.imageHash
    ? { existing: { hash: paint.imageHash, coverage: 'luminance' } }
    : {};
}
