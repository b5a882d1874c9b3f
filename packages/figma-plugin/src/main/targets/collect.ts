import type { Layer, LayerNote, Selected } from '../../protocol.js';
import { readData } from '../cutout-data.js';
import { contextOf } from './context.js';
import { describeDrawnLayer, describeImageLayer, drawnBounds } from './describe-layer.js';

/**
 * What of a selection can be cut: every visible layer with a picture among its fills, however deep, and each selected node
 * that holds no picture as a whole.
 */
export function collect(selection: readonly SceneNode[]): Selected {
  const layers = new Map<string, Layer>();
  const problems: LayerNote[] = [];
  const take = (node: SceneNode, describe: () => Layer | undefined): boolean => {
    const layer = describe();
    if (!layer) return false;
    const { lockedBy } = contextOf(node);
    if (lockedBy) {
      const which = lockedBy === node ? 'It' : `“${lockedBy.name}” around it`;
      problems.push({ layer: node.name, text: `${which} is locked. Unlock it and run again.` });
    } else layers.set(node.id, layer);
    return true;
  };
  /** Whether anything was found. */
  const walk = (node: SceneNode): boolean => {
    if (readData(node)?.role === 'mask') return false;
    let found = take(node, () => describeImageLayer(node, contextOf(node)));
    if (!('children' in node)) return found;
    for (const child of node.children) if (child.visible) found = walk(child) || found;
    return found;
  };
  for (const node of selection) {
    if (walk(node)) continue;
    const { width, height } = drawnBounds(node);
    if (width < 1 || height < 1)
      problems.push({ layer: node.name, text: 'There is nothing in it to be seen.' });
    else take(node, () => describeDrawnLayer(sourceWithin(node), contextOf(node)));
  }
  return { layers: [...layers.values()], problems };
}

/** Of a group that the plugin made, the layer that it masks; else the node itself. */
function sourceWithin(node: SceneNode): SceneNode {
  if (readData(node)?.role !== 'group' || !('children' in node)) return node;
  return node.children.find((child) => readData(child)?.role === 'source') ?? node;
}
