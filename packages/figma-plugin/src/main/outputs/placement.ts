import { inverse, type Matrix, multiply, translation } from '../../geometry/matrix.js';
import { drawnBounds } from '../targets/describe-layer.js';

/** Where a mask lies: in the space that the node's own transform is given in. */
export interface Placement {
  readonly transform: Matrix;
  readonly width: number;
  readonly height: number;
}

/** A mask over a layer with a picture lies as the layer does; over a drawn one, upright over what was drawn. */
export function placementOf(node: SceneNode, hasPicture: boolean): Placement {
  if (hasPicture) {
    const { width, height } = node;
    return { transform: copyOf(node.relativeTransform), width, height };
  }
  const bounds = drawnBounds(node);
  const toPage = multiply(node.absoluteTransform, inverse(node.relativeTransform));
  return {
    transform: multiply(inverse(toPage), translation(bounds.x, bounds.y)),
    width: bounds.width,
    height: bounds.height,
  };
}

function copyOf([[a, b, c], [d, e, f]]: Transform): Matrix {
  return [
    [a, b, c],
    [d, e, f],
  ];
}
