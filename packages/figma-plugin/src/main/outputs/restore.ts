import { type CutoutData, clearData, readData } from '../cutout-data.js';
import { ancestorsOf } from '../targets/context.js';
import { fillsOf } from '../targets/image-paint.js';

/** What was cut in a selection: the sources and copies in it, and those whose group it lies in. */
export function findCutouts(selection: readonly SceneNode[]): SceneNode[] {
  const found = new Map<string, SceneNode>();
  const walk = (node: SceneNode): void => {
    const role = readData(node)?.role;
    if (role === 'source' || role === 'copy') found.set(node.id, node);
    if ('children' in node) for (const child of node.children) walk(child);
  };
  for (const node of selection) {
    const group = ancestorsOf(node).find((one) => readData(one)?.role === 'group');
    walk(group ?? node);
  }
  return [...found.values()];
}

/**
 * Brings a layer back as it was before it was cut, in its own place; gives it, or null for a layer that the plugin had added,
 * which goes. What else was changed since stays. `styles` collects what is left to be done later.
 */
export function restore(node: SceneNode, styles: (() => Promise<void>)[] = []): SceneNode | null {
  const data = readData(node);
  if (data?.role === 'copy') {
    node.remove();
    return null;
  }
  if (data?.role !== 'source') return node;
  if ('original' in data) restoreFills(node as SceneNode & MinimalFillsMixin, data, styles);
  else unmask(node);
  clearData(node);
  return node;
}

type CutFills = Extract<CutoutData, { readonly original: ImagePaint }>;

function restoreFills(
  node: SceneNode & MinimalFillsMixin,
  data: CutFills,
  styles: (() => Promise<void>)[],
): void {
  const fills = [...fillsOf(node)];
  const index = fills.findIndex((paint) => paint.type === 'IMAGE' && paint.imageHash === data.cutHash);
  if (index < 0) return;
  const below = fills[index - 1];
  const isStacked =
    below?.type === 'IMAGE' && below.imageHash === data.original.imageHash && below.visible === false;
  fills.splice(isStacked ? index - 1 : index, isStacked ? 2 : 1, data.original);
  node.fills = fills;
  const { fillStyleId } = data;
  if (fillStyleId !== '') styles.push(() => node.setFillStyleIdAsync(fillStyleId));
}

/** Takes a layer out of its mask group, which dissolves. */
function unmask(node: SceneNode): void {
  const group = node.parent;
  if (group?.type !== 'GROUP') return;
  const data = readData(group);
  if (data?.role !== 'group') return;
  const parent = group.parent as BaseNode & ChildrenMixin;
  if (data.looks && 'effects' in node) {
    // From the group itself, so that what was changed there since stays.
    node.opacity = group.opacity;
    node.blendMode = group.blendMode;
    node.effects = group.effects;
  }
  for (const child of group.children) if (readData(child)?.role === 'mask') child.remove();
  let index = parent.children.indexOf(group);
  const rest = group.children;
  for (const child of rest) parent.insertChild(index++, child);
}
