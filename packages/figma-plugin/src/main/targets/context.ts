import type { Output } from '../../protocol.js';

/** What a node's surroundings allow. */
export interface Context {
  readonly isInInstance: boolean;
  readonly isInAutoLayout: boolean;
  /** The nearest locked layer, the node included. */
  readonly lockedBy: SceneNode | undefined;
  /** Why the node cannot be put into a group; undefined when it can. */
  readonly noGroup: string | undefined;
}

const OWN_CHILDREN: ReadonlySet<string> = new Set([
  'FRAME',
  'COMPONENT',
  'COMPONENT_SET',
  'INSTANCE',
  'SECTION',
  'SLOT',
  'TEXT',
]);

/** Looks at a node's ancestors. */
export function contextOf(node: SceneNode): Context {
  const ancestors = ancestorsOf(node);
  const [parent] = ancestors;
  const isInInstance = ancestors.some(({ type }) => type === 'INSTANCE');
  const layoutMode = parent && 'layoutMode' in parent ? parent.layoutMode : 'NONE';
  const isFree = 'layoutPositioning' in node && node.layoutPositioning === 'ABSOLUTE';
  const line = [node, ...ancestors] as readonly (SceneNode & { readonly locked?: boolean })[];
  return {
    isInInstance,
    isInAutoLayout: layoutMode !== 'NONE' && !isFree,
    lockedBy: line.find((one) => one.locked === true),
    noGroup: whyNoGroup(node, parent, isInInstance),
  };
}

/** The output that changes least for a layer with a picture. */
export function preferredOutput(node: SceneNode, { isInAutoLayout, noGroup }: Context): Output {
  // A mask would cut what a frame holds, and a group changes what auto layout counts.
  return noGroup || isInAutoLayout || OWN_CHILDREN.has(node.type) ? 'fill-stack' : 'mask-group';
}

/** Parents up to the page, nearest first. */
export function ancestorsOf(node: SceneNode): SceneNode[] {
  const found: SceneNode[] = [];
  for (let at = node.parent; at && at.type !== 'PAGE' && at.type !== 'DOCUMENT'; at = at.parent) {
    found.push(at as SceneNode);
  }
  return found;
}

function whyNoGroup(
  node: SceneNode,
  parent: SceneNode | undefined,
  isInInstance: boolean,
): string | undefined {
  if (isInInstance) return 'layers inside an instance cannot be grouped';
  if (node.type === 'SECTION') return 'sections cannot be grouped';
  if (parent?.type === 'BOOLEAN_OPERATION') return 'the parts of a boolean shape cannot be grouped';
  if (parent?.type === 'COMPONENT_SET') return 'variants cannot be grouped';
  return undefined;
}
