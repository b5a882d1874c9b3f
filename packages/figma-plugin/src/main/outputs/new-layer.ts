import { inverse, multiply, translation } from '../../geometry/matrix.js';
import { rescaled } from '../../geometry/paint-geometry.js';
import { offerRelaunch, writeData } from '../cutout-data.js';
import { ancestorsOf } from '../targets/context.js';
import { drawnBounds } from '../targets/describe-layer.js';
import { imagePaintOf } from '../targets/image-paint.js';

/** Units between a layer and its cut-out. */
const GAP = 24;

/** Adds the cut-out as a layer of its own, to the right of the old one or right above it. The old one stays as it is. */
export function newLayer(
  node: SceneNode,
  image: Image,
  scale: number,
  {
    place = 'beside',
    name,
  }: { readonly place?: 'beside' | 'above' | undefined; readonly name?: string | undefined },
): SceneNode {
  const { parent, above } = home(node);
  const copy = twin(node);
  const index = parent.children.indexOf(above) + 1;
  copy.name = name ?? `${node.name} cut-out`;
  copy.fills = [paintOf(node, image, scale)];
  parent.insertChild(index, copy);
  const bounds = drawnBounds(node);
  const onPage = imagePaintOf(node) ? node.absoluteTransform : translation(bounds.x, bounds.y);
  const moved = place === 'beside' ? multiply(translation(bounds.width + GAP, 0), onPage) : onPage;
  const container = 'absoluteTransform' in parent ? parent.absoluteTransform : translation(0, 0);
  copy.relativeTransform = multiply(inverse(containerOf(parent, container)), moved);
  writeData(copy, { role: 'copy', output: 'new-layer' });
  offerRelaunch(copy);
  return copy;
}

/** Where a new layer goes: into the node's parent above it, or outside of the instance that the node is in. */
function home(node: SceneNode): { parent: BaseNode & ChildrenMixin; above: SceneNode } {
  const line = [node, ...ancestorsOf(node)];
  const outermost = line.reduce((last, one, i) => (i > 0 && one.type === 'INSTANCE' ? i : last), -1);
  const above = line[Math.max(0, outermost)]!;
  return { parent: above.parent as BaseNode & ChildrenMixin, above };
}

/** A layer of the same shape: a copy of shapes and text, a rectangle for what holds children. */
function twin(node: SceneNode): RectangleNode {
  const hasPicture = imagePaintOf(node) !== undefined;
  if (hasPicture && !('children' in node)) {
    const copy = node.clone() as RectangleNode;
    copy.visible = true;
    return copy;
  }
  const { width, height } = hasPicture ? node : drawnBounds(node);
  const copy = figma.createRectangle();
  copy.resize(width, height);
  return copy;
}

function paintOf(node: SceneNode, image: Image, scale: number): ImagePaint {
  const paint = imagePaintOf(node) as (ImagePaint & { scaleMode: 'FILL' }) | undefined;
  if (!paint) return { type: 'IMAGE', scaleMode: 'FILL', imageHash: image.hash };
  return { ...rescaled(paint, scale), imageHash: image.hash };
}

/** Children of groups are placed in the space of the group's own container. */
function containerOf(parent: BaseNode & ChildrenMixin, own: Transform): Transform {
  if (parent.type !== 'GROUP' && parent.type !== 'BOOLEAN_OPERATION') return own;
  const { absoluteTransform, relativeTransform } = parent as GroupNode;
  return multiply(absoluteTransform, inverse(relativeTransform));
}
