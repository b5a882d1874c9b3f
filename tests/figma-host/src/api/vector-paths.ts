import type { SceneDocument } from '../scene/document.js';
import type { Json } from '../scene/node-record.js';
import { apply, around, type Bounds, movedTo } from '../scene/transform.js';

interface VectorPathJson {
  readonly windingRule: string;
  readonly data: string;
}

/** Checks `vectorPaths`: absolute M, L, Q, C, Z, single spaces between all tokens, a known winding rule. */
export function checkVectorPaths(value: Json): void {
  const fail = (what: string): never => {
    throw new Error(`in set_vectorPaths: ${what}`);
  };
  if (!Array.isArray(value)) fail('Expected "array"');
  for (const { windingRule, data } of value as unknown as readonly VectorPathJson[]) {
    if (!['NONZERO', 'EVENODD', 'NONE'].includes(windingRule)) fail(`Invalid windingRule "${windingRule}"`);
    const wrong = data.split(' ').find((token) => !/^[MLQCZ]$/.test(token) && !isNumber(token));
    if (wrong !== undefined) fail(`Invalid command at "${wrong}"`);
    if (data !== '' && !data.startsWith('M ')) fail('A path begins with "M"');
  }
}

function isNumber(token: string): boolean {
  return token !== '' && Number.isFinite(Number(token));
}

/** Takes new outlines: the node becomes as large as they are and moves to where they begin. */
export function placeVector(scene: SceneDocument, id: string, value: Json): void {
  const record = scene.get(id);
  const paths = value as unknown as readonly VectorPathJson[];
  const box = pathBounds(paths.map(({ data }) => data).join(' '));
  const [x, y] = apply(record.relativeTransform, box.x, box.y);
  const moved = paths.map(({ windingRule, data }) => ({ windingRule, data: shift(data, -box.x, -box.y) }));
  scene.update(id, {
    props: { ...record.props, vectorPaths: moved },
    relativeTransform: movedTo(record.relativeTransform, x, y),
    width: box.width,
    height: box.height,
  });
}

/** The box of all points of a path, control points included: a little generous for curves. */
function pathBounds(data: string): Bounds {
  const numbers = data.split(' ').filter(isNumber).map(Number);
  const points: (readonly [number, number])[] = [];
  for (let i = 0; i + 1 < numbers.length; i += 2) points.push([numbers[i]!, numbers[i + 1]!]);
  return around(points);
}

function shift(data: string, dx: number, dy: number): string {
  let index = 0;
  const moved = data.split(' ').map((token) => {
    if (!isNumber(token)) return token;
    return String(Number(token) + (index++ % 2 === 0 ? dx : dy));
  });
  return moved.join(' ');
}
