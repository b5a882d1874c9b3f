import type { SceneDocument } from '../scene/document.js';
import type { ImageStore } from '../scene/images.js';
import type { Json, NodeRecord } from '../scene/node-record.js';
import { isGroupLike } from '../scene/node-record.js';
import { compose, type Matrix } from '../scene/transform.js';
import { drawImagePaint, type ImagePaintJson } from './image-paint.js';
import { maskLayer } from './mask-layer.js';
import { shapePath } from './shape-path.js';

type Context = OffscreenCanvasRenderingContext2D;

/** Draws nodes to canvases. Decoded pictures are kept. */
export interface Renderer {
  /** Draws one node with all in it, the page's space mapped by `view`. */
  draw(canvas: OffscreenCanvas, ids: readonly string[], view: Matrix): Promise<void>;
}

const BLENDS: Readonly<Record<string, GlobalCompositeOperation>> = {
  MULTIPLY: 'multiply',
  SCREEN: 'screen',
  OVERLAY: 'overlay',
  DARKEN: 'darken',
  LIGHTEN: 'lighten',
  DIFFERENCE: 'difference',
  EXCLUSION: 'exclusion',
  COLOR_BURN: 'color-burn',
  COLOR_DODGE: 'color-dodge',
  HARD_LIGHT: 'hard-light',
  SOFT_LIGHT: 'soft-light',
  HUE: 'hue',
  SATURATION: 'saturation',
  COLOR: 'color',
  LUMINOSITY: 'luminosity',
};

/** A renderer of a document and its pictures. */
export function createRenderer(scene: SceneDocument, images: ImageStore): Renderer {
  const bitmaps = new Map<string, ImageBitmap>();

  /** A transparent canvas like `like`, with its transform. */
  const sheet = (like: Context): Context => {
    const context = new OffscreenCanvas(like.canvas.width, like.canvas.height).getContext('2d', {
      willReadFrequently: true,
    })!;
    context.setTransform(like.getTransform());
    return context;
  };
  const lay = (on: Context, layer: Context, opacity: number, blend: string, filter: string) => {
    on.save();
    on.resetTransform();
    on.globalAlpha = opacity;
    on.globalCompositeOperation = BLENDS[blend] ?? 'source-over';
    on.filter = filter;
    on.drawImage(layer.canvas, 0, 0);
    on.restore();
  };

  const drawNode = (on: Context, id: string, view: Matrix) => {
    const node = scene.get(id);
    if (node.props['visible'] === false) return;
    const { opacity = 1, blendMode = 'PASS_THROUGH', effects = [] } = node.props;
    const filter = effectFilter(effects as Json[], view);
    const isPlain = opacity === 1 && filter === 'none' && BLENDS[String(blendMode)] === undefined;
    const layer = isPlain ? on : sheet(on);
    drawContent(layer, node, view);
    if (!isPlain) lay(on, layer, Number(opacity), String(blendMode), filter);
  };

  const drawContent = (on: Context, node: NodeRecord, view: Matrix) => {
    const [[a, b, c], [d, e, f]] = compose(view, scene.absoluteTransform(node.id));
    if (!isGroupLike(node.type)) {
      on.save();
      on.setTransform(a, d, b, e, c, f);
      drawFills(on, node);
      on.restore();
    }
    if (!node.children) return;
    on.save();
    if (node.props['clipsContent'] === true) {
      on.setTransform(a, d, b, e, c, f);
      on.clip(shapePath(node).path);
    }
    drawChildren(on, node.children, view);
    on.restore();
  };

  /** A mask shapes all that lies above it in its parent, up to the next mask. */
  const drawChildren = (on: Context, ids: readonly string[], view: Matrix) => {
    const at = ids.findIndex((id) => scene.get(id).props['isMask'] === true);
    const before = at < 0 ? ids : ids.slice(0, at);
    for (const id of before) drawNode(on, id, view);
    if (at < 0) return;
    const rest = ids.slice(at + 1);
    const next = rest.findIndex((id) => scene.get(id).props['isMask'] === true);
    const masked = next < 0 ? rest : rest.slice(0, next);
    const layer = sheet(on);
    for (const id of masked) drawNode(layer, id, view);
    const mask = sheet(on);
    drawNode(mask, ids[at]!, view);
    const { maskType, visible } = scene.get(ids[at]!).props;
    if (visible !== false) maskLayer(layer.canvas, mask.canvas, maskType === 'LUMINANCE');
    lay(on, layer, 1, 'NORMAL', 'none');
    if (next >= 0) drawChildren(on, rest.slice(next), view);
  };

  const drawFills = (on: Context, node: NodeRecord) => {
    const fills = (node.props['fills'] ?? []) as unknown as readonly PaintJson[];
    const layer = node.type === 'TEXT' ? sheet(on) : on;
    if (node.type !== 'TEXT') {
      const { path, rule } = shapePath(node);
      layer.clip(path, rule);
    }
    for (const paint of fills) {
      if (paint.visible === false) continue;
      layer.save();
      layer.globalAlpha = paint.opacity ?? 1;
      layer.globalCompositeOperation = BLENDS[paint.blendMode ?? 'NORMAL'] ?? 'source-over';
      if (paint.type === 'SOLID') fillSolid(layer, node, paint);
      if (paint.type === 'IMAGE') {
        const bitmap = bitmaps.get(paint.imageHash ?? '');
        if (bitmap) drawImagePaint(layer, paint, node.width, node.height, bitmap);
      }
      layer.restore();
    }
    if (node.type === 'TEXT') {
      clipToText(layer, node);
      lay(on, layer, 1, 'NORMAL', 'none');
    }
  };

  return {
    async draw(canvas, ids, view) {
      await decodeAll(scene, images, bitmaps);
      const context = canvas.getContext('2d', { willReadFrequently: true })!;
      for (const id of ids) drawNode(context, id, view);
    },
  };
}

type PaintJson = ImagePaintJson | SolidJson;

interface SolidJson extends Pick<ImagePaintJson, 'visible' | 'opacity' | 'blendMode'> {
  readonly type: 'SOLID';
  readonly color: { readonly r: number; readonly g: number; readonly b: number };
}

function fillSolid(on: Context, { width, height }: NodeRecord, { color: { r, g, b } }: SolidJson): void {
  on.fillStyle = `rgb(${r * 255} ${g * 255} ${b * 255})`;
  on.fillRect(0, 0, width, height);
}

function clipToText(on: Context, { props, height }: NodeRecord): void {
  const letters = new OffscreenCanvas(on.canvas.width, on.canvas.height).getContext('2d')!;
  letters.setTransform(on.getTransform());
  letters.font = `700 ${Number(props['fontSize'])}px Inter, Arial, sans-serif`;
  letters.textBaseline = 'middle';
  letters.fillText(String(props['characters']), 0, height / 2);
  maskLayer(on.canvas as OffscreenCanvas, letters.canvas, false);
}

function effectFilter(effects: readonly Json[], [[scale]]: Matrix): string {
  const parts = (effects as unknown as readonly EffectJson[]).flatMap((effect) => {
    if (effect.visible === false) return [];
    if (effect.type === 'LAYER_BLUR') return [`blur(${(effect.radius / 2) * scale}px)`];
    if (effect.type !== 'DROP_SHADOW') return [];
    const { offset, radius, color } = effect;
    const tint = `rgb(${color.r * 255} ${color.g * 255} ${color.b * 255} / ${color.a})`;
    return [`drop-shadow(${offset.x * scale}px ${offset.y * scale}px ${(radius / 2) * scale}px ${tint})`];
  });
  return parts.length === 0 ? 'none' : parts.join(' ');
}

interface EffectJson {
  readonly type: string;
  readonly visible?: boolean;
  readonly radius: number;
  readonly offset: { readonly x: number; readonly y: number };
  readonly color: { readonly r: number; readonly g: number; readonly b: number; readonly a: number };
}

async function decodeAll(
  scene: SceneDocument,
  images: ImageStore,
  bitmaps: Map<string, ImageBitmap>,
): Promise<void> {
  for (const record of scene.snapshot().values()) {
    const paints = (record.props['fills'] ?? []) as unknown as readonly ImagePaintJson[];
    for (const { type, imageHash } of paints) {
      const stored =
        type === 'IMAGE' && imageHash && !bitmaps.has(imageHash) ? images.get(imageHash) : undefined;
      if (!stored || !imageHash) continue;
      bitmaps.set(imageHash, await createImageBitmap(new Blob([stored.bytes.slice()])));
    }
  }
}
