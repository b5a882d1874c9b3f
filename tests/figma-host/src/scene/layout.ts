import type { SceneDocument } from './document.js';
import { isGroupLike, type NodeRecord } from './node-record.js';
import { around, boundsOf, IDENTITY, movedTo } from './transform.js';

/**
 * Brings a parent into the state that the editor would show after one of its children changed: a group takes its children's
 * bounds, an auto-layout frame stacks them and hugs them.
 */
export function settle(scene: SceneDocument, parent: string | null, put: (record: NodeRecord) => void): void {
  if (parent === null) return;
  const record = scene.get(parent);
  if (isGroupLike(record.type)) wrapChildren(scene, record, put);
  else if (isAutoLayout(record)) stackChildren(scene, record, put);
  else return;
  settle(scene, record.parent, put);
}

/** Whether a frame places its children itself. */
export function isAutoLayout({ props }: NodeRecord): boolean {
  return props['layoutMode'] === 'HORIZONTAL' || props['layoutMode'] === 'VERTICAL';
}

/** Whether the parent decides where a node is. */
export function isPlacedByParent(scene: SceneDocument, { parent, props }: NodeRecord): boolean {
  return parent !== null && isAutoLayout(scene.get(parent)) && props['layoutPositioning'] !== 'ABSOLUTE';
}

function wrapChildren(scene: SceneDocument, group: NodeRecord, put: (record: NodeRecord) => void): void {
  const boxes = scene.childrenOf(group.id).map((id) => {
    const { relativeTransform, width, height } = scene.get(id);
    return boundsOf(relativeTransform, width, height);
  });
  if (boxes.length === 0) return;
  const corners = boxes.flatMap(({ x, y, width, height }) => [
    [x, y] as const,
    [x + width, y + height] as const,
  ]);
  const { x, y, width, height } = around(corners);
  put({ ...group, relativeTransform: movedTo(IDENTITY, x, y), width, height });
}

function stackChildren(scene: SceneDocument, frame: NodeRecord, put: (record: NodeRecord) => void): void {
  const across = frame.props['layoutMode'] === 'HORIZONTAL';
  const number = (name: string) => Number(frame.props[name] ?? 0);
  const [left, top] = [number('paddingLeft'), number('paddingTop')];
  let at = across ? left : top;
  let thick = 0;
  let count = 0;
  for (const id of frame.children ?? []) {
    const child = scene.get(id);
    if (child.props['layoutPositioning'] === 'ABSOLUTE' || child.props['visible'] === false) continue;
    moveTo(scene, child, across ? at : left, across ? top : at, put);
    at += (across ? child.width : child.height) + number('itemSpacing');
    thick = Math.max(thick, across ? child.height : child.width);
    count++;
  }
  if (count === 0) return;
  const long = at - number('itemSpacing') + number(across ? 'paddingRight' : 'paddingBottom');
  const wide = thick + (across ? top + number('paddingBottom') : left + number('paddingRight'));
  put({ ...scene.get(frame.id), width: across ? long : wide, height: across ? wide : long });
}

/** Moves a node in its container; a group moves by moving what is in it. */
export function moveTo(
  scene: SceneDocument,
  node: NodeRecord,
  x: number,
  y: number,
  put: (record: NodeRecord) => void,
): void {
  if (isGroupLike(node.type)) {
    const [[, , fromX], [, , fromY]] = node.relativeTransform;
    for (const id of node.children ?? []) {
      const child = scene.get(id);
      const [[, , cx], [, , cy]] = child.relativeTransform;
      moveTo(scene, child, cx + x - fromX, cy + y - fromY, put);
    }
  }
  put({ ...scene.get(node.id), relativeTransform: movedTo(node.relativeTransform, x, y) });
}
