import type { Layer, LayerNote, Selected } from '../../protocol.js';
import { createBreath } from '../breathe.js';
import { readData } from '../cutout-data.js';
import { type Context, contextOf } from './context.js';
import { describeDrawnLayer, describeImageLayer, drawnBounds } from './describe-layer.js';

/**
 * What of a selection can be cut: every visible layer with a picture among its fills, however deep, and each selected node
 * that holds no picture as a whole.
 */
export async function collect(selection: readonly SceneNode[]): Promise<Selected> {
  const layers = new Map<string, Layer>();
  const problems: LayerNote[] = [];
  const breathe = createBreath();
  const take = (
    node: SceneNode,
    describe: (node: SceneNode, context: Context) => Layer | undefined,
  ): boolean => {
    const context = contextOf(node);
    const layer = describe(node, context);
    if (!layer) return false;
    const { lockedBy } = context;
    if (lockedBy) {
      const which = lockedBy === node ? 'It' : `“${lockedBy.name}” around it`;
      problems.push({ layer: node.name, text: `${which} is locked. Unlock it and run again.` });
    } else layers.set(node.id, layer);
    return true;
  };
  /** Whether anything was found. What is deleted while the editor has its turn is not there any more. */
  const walk = async (node: SceneNode): Promise<boolean> => {
    await breathe();
    if (node.removed || readData(node)?.role === 'mask') return false;
    let found = take(node, describeImageLayer);
    if (!('children' in node)) return found;
    for (const child of node.children)
      if (!child.removed && child.visible) found = (await walk(child)) || found;
    return found;
  };
  for (const node of selection) {
    if ((await walk(node)) || node.removed) continue;
    const { width, height } = drawnBounds(node);
    if (width < 1 || height < 1)
      problems.push({ layer: node.name, text: 'There is nothing in it to be seen.' });
    else take(node, (one, context) => describeDrawnLayer(sourceWithin(one), context));
  }
  return { layers: [...layers.values()], problems };
}

/** Of a group that the plugin made, the layer that it masks; else the node itself. */
function sourceWithin(node: SceneNode): SceneNode {
  if (readData(node)?.role !== 'group' || !('children' in node)) return node;
  return node.children.find((child) => readData(child)?.role === 'source') ?? node;
}
