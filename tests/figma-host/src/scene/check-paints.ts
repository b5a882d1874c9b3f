import type { Json } from './node-record.js';

const PAINT_TYPES: ReadonlySet<string> = new Set([
  'SOLID',
  'IMAGE',
  'GRADIENT_LINEAR',
  'GRADIENT_RADIAL',
  'GRADIENT_ANGULAR',
  'GRADIENT_DIAMOND',
  'VIDEO',
  'PATTERN',
]);
const SCALE_MODES: ReadonlySet<string> = new Set(['FILL', 'FIT', 'CROP', 'TILE']);
const IMAGE_KEYS: ReadonlySet<string> = new Set([
  'type',
  'scaleMode',
  'imageHash',
  'imageTransform',
  'scalingFactor',
  'rotation',
  'filters',
  'visible',
  'opacity',
  'blendMode',
]);

/** Checks what a plugin gives as paints. Throws with the place at fault, in the editor's manner. */
export function checkPaints(name: string, value: Json): void {
  if (!Array.isArray(value)) throw new Error(`in set_${name}: Expected "array", received ${typeof value}`);
  for (const [index, paint] of (value as readonly { readonly [key: string]: Json }[]).entries()) {
    const fail = (what: string): never => {
      throw new Error(`in set_${name}: Property "${name}" failed validation: ${what} at [${index}]`);
    };
    if (!PAINT_TYPES.has(String(paint?.['type'])))
      fail(`Invalid discriminator value "${String(paint?.['type'])}"`);
    const { opacity } = paint;
    if (opacity !== undefined && (typeof opacity !== 'number' || opacity < 0 || opacity > 1))
      fail('Expected "opacity" between 0 and 1');
    if (paint['type'] === 'IMAGE') checkImagePaint(paint, fail);
  }
}

function checkImagePaint(paint: { readonly [key: string]: Json }, fail: (what: string) => never): void {
  const mode = String(paint['scaleMode']);
  if (!SCALE_MODES.has(mode)) fail(`Invalid enum value "${mode}" for "scaleMode"`);
  const { imageHash, rotation } = paint;
  if (imageHash !== null && typeof imageHash !== 'string')
    fail('Expected "imageHash" to be a string or null');
  if (rotation !== undefined && (typeof rotation !== 'number' || rotation % 90 !== 0))
    fail('Expected "rotation" to be a multiple of 90');
  if (paint['imageTransform'] !== undefined && mode !== 'CROP') fail('"imageTransform" is only for CROP');
  if (paint['scalingFactor'] !== undefined && mode !== 'TILE') fail('"scalingFactor" is only for TILE');
  const unknown = Object.keys(paint).find((key) => !IMAGE_KEYS.has(key));
  if (unknown) fail(`Unrecognized key "${unknown}"`);
}
