import { multiply, translation } from '../../geometry/matrix.js';
import { rescaled } from '../../geometry/paint-geometry.js';
import { type Looks, offerRelaunch, writeData } from '../cutout-data.js';
import { geometryOf, imagePaintOf } from '../targets/image-paint.js';
import { placementOf } from './placement.js';

/** What the mask is made of: a picture of coverage, or an outline in the layer's space. */
export type MaskShape = { readonly image: Image; readonly scale: number } | { readonly outline: string };

/**
 * Puts a layer behind a mask, in a group at its own place in the order. The layer itself is not touched, but for looks that
 * belong to the cut-out's shape (shadows, blending, opacity): those move to the group.
 */
export function maskGroup(node: SceneNode & LayoutMixin, shape: MaskShape): GroupNode {
  const parent = node.parent as BaseNode & ChildrenMixin;
  const index = parent.children.indexOf(node);
  const paint = imagePaintOf(node);
  const placement = placementOf(node, paint !== undefined);
  const group = figma.group([node], parent, index);
  group.name = `${node.name} cut-out`;
  // Once grouped, the place is settled: in auto layout the group may have been moved.
  const transform = paint ? node.relativeTransform : placement.transform;
  const mask = 'outline' in shape ? outlineMask(shape.outline) : pictureMask(paint, placement, shape);
  group.insertChild(0, mask);
  mask.name = 'Cut-out mask';
  mask.relativeTransform =
    'outline' in shape ? multiply(transform, translation(mask.x, mask.y)) : (transform as Transform);
  if ('constraints' in node) mask.constraints = node.constraints;
  mask.isMask = true;
  mask.maskType = 'outline' in shape ? 'VECTOR' : 'LUMINANCE';

  const looks = moveLooks(node, group);
  writeData(group, { role: 'group', looks });
  writeData(mask, { role: 'mask' });
  writeData(node, { role: 'source', output: 'outline' in shape ? 'vector-outline' : 'mask-group' });
  offerRelaunch(group);
  return group;
}

function pictureMask(
  paint: ImagePaint | undefined,
  { width, height }: { readonly width: number; readonly height: number },
  { image, scale }: { readonly image: Image; readonly scale: number },
): RectangleNode {
  const geometry = paint ? rescaled(geometryOf(paint) as ImagePaint, scale) : { scaleMode: 'FILL' as const };
  const mask = figma.createRectangle();
  mask.resize(width, height);
  mask.fills = [{ ...geometry, type: 'IMAGE', imageHash: image.hash }];
  return mask;
}

function outlineMask(data: string): VectorNode {
  const mask = figma.createVector();
  mask.vectorPaths = [{ windingRule: 'EVENODD', data }];
  mask.fills = [{ type: 'SOLID', color: { r: 0, g: 0, b: 0 } }];
  return mask;
}

/** Moves looks to the group; null when there are none, or when a style holds them. */
function moveLooks(node: SceneNode, group: GroupNode): Looks | null {
  if (!('effects' in node) || node.effectStyleId !== '') return null;
  const { opacity, blendMode, effects } = node;
  const isPlain =
    opacity === 1 && effects.length === 0 && (blendMode === 'PASS_THROUGH' || blendMode === 'NORMAL');
  if (isPlain) return null;
  group.opacity = opacity;
  group.blendMode = blendMode;
  group.effects = effects;
  node.opacity = 1;
  node.blendMode = 'PASS_THROUGH';
  node.effects = [];
  return { opacity, blendMode, effects };
}
