import type { Json } from '../scene/node-record.js';
import { compose, invert, type Matrix } from '../scene/transform.js';

/** An image paint as a node's `fills` hold it. */
export interface ImagePaintJson {
  readonly type: 'IMAGE';
  readonly scaleMode: 'FILL' | 'FIT' | 'CROP' | 'TILE';
  readonly imageHash: string | null;
  readonly imageTransform?: Matrix;
  readonly scalingFactor?: number;
  readonly rotation?: number;
  readonly filters?: Readonly<Record<string, number>>;
  readonly visible?: boolean;
  readonly opacity?: number;
  readonly blendMode?: string;
}

const quarter: Readonly<Record<number, Matrix>> = {
  0: [
    [1, 0, 0],
    [0, 1, 0],
  ],
  // The picture's square turned clockwise about itself, back into the unit square.
  90: [
    [0, -1, 1],
    [1, 0, 0],
  ],
  180: [
    [-1, 0, 1],
    [0, -1, 1],
  ],
  270: [
    [0, 1, 0],
    [-1, 0, 1],
  ],
};

/**
 * From the picture's unit square to the node's space. The node is `width × height`, the picture `iw × ih` pixels. For TILE it is
 * the first tile.
 */
export function imageToNode(
  paint: ImagePaintJson,
  width: number,
  height: number,
  iw: number,
  ih: number,
): Matrix {
  if (paint.scaleMode === 'CROP') {
    // `imageTransform` leads from the node's unit square to the picture's.
    return compose(
      [
        [width, 0, 0],
        [0, height, 0],
      ],
      invert(paint.imageTransform ?? quarter[0]!),
    );
  }
  const turn = (((paint.rotation ?? 0) % 360) + 360) % 360;
  const [w, h] = turn % 180 === 0 ? [iw, ih] : [ih, iw];
  const turned = quarter[turn] ?? quarter[0]!;
  if (paint.scaleMode === 'TILE') {
    const factor = paint.scalingFactor ?? 1;
    return compose(
      [
        [w * factor, 0, 0],
        [0, h * factor, 0],
      ],
      turned,
    );
  }
  const pick = paint.scaleMode === 'FIT' ? Math.min : Math.max;
  const scale = pick(width / w, height / h);
  const [x, y] = [(width - w * scale) / 2, (height - h * scale) / 2];
  return compose(
    [
      [w * scale, 0, x],
      [0, h * scale, y],
    ],
    turned,
  );
}

/** Draws an image paint over the whole of a node whose shape is clipped already. */
export function drawImagePaint(
  context: OffscreenCanvasRenderingContext2D,
  paint: ImagePaintJson,
  width: number,
  height: number,
  bitmap: ImageBitmap,
): void {
  const first = imageToNode(paint, width, height, bitmap.width, bitmap.height);
  context.save();
  context.filter = filterOf(paint.filters);
  context.imageSmoothingQuality = 'high';
  for (const [dx, dy] of paint.scaleMode === 'TILE' ? tiles(first, width, height) : [[0, 0] as const]) {
    const [[a, b, c], [d, e, f]] = first;
    context.save();
    context.transform(a, d, b, e, c + dx, f + dy);
    context.drawImage(bitmap, 0, 0, 1, 1);
    context.restore();
  }
  context.restore();
}

function tiles([[a, b], [d, e]]: Matrix, width: number, height: number): (readonly [number, number])[] {
  const [w, h] = [Math.abs(a) + Math.abs(b), Math.abs(d) + Math.abs(e)];
  const found: (readonly [number, number])[] = [];
  for (let y = 0; y < height; y += h) for (let x = 0; x < width; x += w) found.push([x, y]);
  return found;
}

/** The adjustments that a canvas has too; the others (temperature, tint, highlights, shadows) are not drawn. */
function filterOf(filters: ImagePaintJson['filters']): string {
  if (!filters) return 'none';
  const parts = [
    ['brightness', filters['exposure']],
    ['contrast', filters['contrast']],
    ['saturate', filters['saturation']],
  ] as const;
  const set = parts.filter(([, amount]) => amount);
  return set.length === 0 ? 'none' : set.map(([name, amount]) => `${name}(${1 + amount!})`).join(' ');
}

/** Whether a paint is an image that is to be seen. */
export function isImagePaint(paint: Json): boolean {
  return typeof paint === 'object' && paint !== null && 'type' in paint && paint['type'] === 'IMAGE';
}
