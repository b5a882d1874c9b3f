import { inverse, type Matrix, multiply, type ReadonlyMatrix, scaling, translation } from './matrix.js';

/** What decides where an image paint's pixels lie in its layer. */
export interface PaintGeometry {
  readonly scaleMode: 'FILL' | 'FIT' | 'CROP' | 'TILE';
  /** CROP: from the layer's unit square to the picture's. */
  readonly imageTransform?: ReadonlyMatrix;
  /** TILE: layer units a pixel. */
  readonly scalingFactor?: number;
  /** Degrees clockwise, a multiple of 90; not for CROP. */
  readonly rotation?: number;
}

/** Width and height. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * From pixels of the picture (0, 0 is the corner of the first) to the layer's own space. For TILE it is the first tile. Throws
 * `RangeError` for a crop that flattens.
 */
export function pixelsToLayer(paint: PaintGeometry, layer: Size, picture: Size): Matrix {
  const fromPixels = scaling(1 / picture.width, 1 / picture.height);
  if (paint.scaleMode === 'CROP') {
    const crop = paint.imageTransform ?? scaling(1, 1);
    return multiply(multiply(scaling(layer.width, layer.height), inverse(crop)), fromPixels);
  }
  const turns = quarterTurns(paint.rotation);
  const lying = turns % 2 === 0 ? picture : { width: picture.height, height: picture.width };
  return multiply(multiply(placement(paint, layer, lying), turned(turns)), fromPixels);
}

/** The geometry for a picture that was made smaller by `scale`, so that it covers the same part of the layer. */
export function rescaled<Paint extends PaintGeometry>(paint: Paint, scale: number): Paint {
  if (paint.scaleMode !== 'TILE' || scale === 1) return paint;
  return { ...paint, scalingFactor: (paint.scalingFactor ?? 1) / scale };
}

/** From the unit square of a picture that is turned already. */
function placement({ scaleMode, scalingFactor = 1 }: PaintGeometry, layer: Size, picture: Size): Matrix {
  if (scaleMode === 'TILE') return scaling(picture.width * scalingFactor, picture.height * scalingFactor);
  const ratios = [layer.width / picture.width, layer.height / picture.height];
  const scale = scaleMode === 'FIT' ? Math.min(...ratios) : Math.max(...ratios);
  const [width, height] = [picture.width * scale, picture.height * scale];
  return multiply(
    translation((layer.width - width) / 2, (layer.height - height) / 2),
    scaling(width, height),
  );
}

function quarterTurns(degrees = 0): number {
  return ((Math.round(degrees / 90) % 4) + 4) % 4;
}

/** The unit square turned clockwise onto itself. */
function turned(quarters: number): Matrix {
  const quarter: Matrix = [
    [0, -1, 1],
    [1, 0, 0],
  ];
  let matrix = scaling(1, 1);
  for (let i = 0; i < quarters; i++) matrix = multiply(quarter, matrix);
  return matrix;
}
