import { checkPaints } from '../scene/check-paints.js';
import type { SceneDocument } from '../scene/document.js';
import { isPlacedByParent, moveTo } from '../scene/layout.js';
import { DEFAULT_PROPS, isGroupLike, type Json, type NodeRecord } from '../scene/node-record.js';
import { compose, type Matrix, movedTo, rotationOf } from '../scene/transform.js';
import { checkVectorPaths, placeVector } from './vector-paths.js';

/** Properties that cannot be set on what an instance made of its component. */
const FIXED_IN_INSTANCES: ReadonlySet<string> = new Set([
  'x',
  'y',
  'relativeTransform',
  'rotation',
  'constraints',
  'isMask',
]);
const OF_STYLES: ReadonlySet<string> = new Set(['fillStyleId', 'effectStyleId']);

/** Properties that are no plain values: they move the node. */
const PLACING: Readonly<Record<string, (scene: SceneDocument, record: NodeRecord, value: Json) => void>> = {
  x: (scene, record, value) => setPosition(scene, record, 'x', Number(value)),
  y: (scene, record, value) => setPosition(scene, record, 'y', Number(value)),
  rotation: (scene, record, value) => setRotation(scene, record, Number(value)),
  relativeTransform: (scene, record, value) => setTransform(scene, record, value as unknown as Matrix),
};

/** Sets one property as the editor would, with its refusals. */
export function setProperty(scene: SceneDocument, id: string, name: string, value: Json): void {
  const record = scene.get(id);
  if (OF_STYLES.has(name)) {
    throw new Error(
      `in set_${name}: Cannot call with documentAccess: dynamic-page. Use node.set${upper(name)}Async instead.`,
    );
  }
  if (FIXED_IN_INSTANCES.has(name) && isInsideInstance(scene, id)) {
    throw new Error(`in set_${name}: Cannot override property "${name}" in instance children`);
  }
  const placing = PLACING[name];
  if (placing) {
    placing(scene, record, value);
    return;
  }
  if (!(name in DEFAULT_PROPS[record.type]) && name !== 'name') {
    throw new TypeError(`Cannot add property ${name}, object is not extensible`);
  }
  if (name === 'fills' || name === 'strokes') checkPaints(name, value);
  if (name === 'opacity' && !(typeof value === 'number' && value >= 0 && value <= 1)) {
    throw new Error('in set_opacity: Expected "opacity" to be between 0 and 1');
  }
  if (name === 'vectorPaths') {
    checkVectorPaths(value);
    placeVector(scene, id, value);
    return;
  }
  scene.update(id, { props: { ...record.props, [name]: value } });
}

/** Whether a node belongs to an instance, rather than being one. */
export function isInsideInstance(scene: SceneDocument, id: string): boolean {
  return scene.lineage(id).some(({ type }, depth) => depth > 0 && type === 'INSTANCE');
}

function setPosition(scene: SceneDocument, record: NodeRecord, axis: 'x' | 'y', value: number): void {
  // In auto layout the frame decides; the editor takes the value and ignores it.
  if (isPlacedByParent(scene, record)) return;
  const [[, , x], [, , y]] = record.relativeTransform;
  move(scene, record, axis === 'x' ? value : x, axis === 'y' ? value : y);
}

function move(scene: SceneDocument, record: NodeRecord, x: number, y: number): void {
  moveTo(scene, record, x, y, (changed) =>
    scene.update(changed.id, { relativeTransform: changed.relativeTransform }),
  );
}

function setTransform(scene: SceneDocument, record: NodeRecord, matrix: Matrix): void {
  const [[a, b, x], [d, e, y]] = matrix;
  if (![a, b, x, d, e, y].every(Number.isFinite)) {
    throw new Error('in set_relativeTransform: Expected "relativeTransform" to be a matrix of numbers');
  }
  if (isGroupLike(record.type)) {
    move(scene, record, x, y);
    return;
  }
  const [[, , ownX], [, , ownY]] = record.relativeTransform;
  const placed = isPlacedByParent(scene, record);
  scene.update(record.id, { relativeTransform: placed ? movedTo(matrix, ownX, ownY) : matrix });
}

function setRotation(scene: SceneDocument, record: NodeRecord, degrees: number): void {
  const turn = ((rotationOf(record) - degrees) * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const [[, , x], [, , y]] = record.relativeTransform;
  const turned = compose(
    [
      [cos, -sin, 0],
      [sin, cos, 0],
    ],
    movedTo(record.relativeTransform, 0, 0),
  );
  setTransform(scene, record, movedTo(turned, x, y));
}

function upper(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
