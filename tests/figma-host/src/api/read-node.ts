import type { SceneDocument } from '../scene/document.js';
import { rotationOf } from '../scene/transform.js';

/** A property as a plugin reads it. Throws for nodes that were removed. */
export function readNode(scene: SceneDocument, id: string, name: string): unknown {
  const record = scene.get(id);
  const [[, , x], [, , y]] = record.relativeTransform;
  switch (name) {
    case 'x':
      return x;
    case 'y':
      return y;
    case 'width':
    case 'height':
    case 'relativeTransform':
    case 'parent':
    case 'children':
    case 'pluginData':
      return record[name];
    case 'rotation':
      return rotationOf(record);
    case 'absoluteTransform':
      return scene.absoluteTransform(id);
    case 'absoluteBoundingBox':
    case 'absoluteRenderBounds':
      return scene.absoluteBounds(id);
    default:
      return record.props[name];
  }
}
