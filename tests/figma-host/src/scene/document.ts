import { settle } from './layout.js';
import { type HostNodeType, isGroupLike, type NodeRecord, newRecord } from './node-record.js';
import { type Bounds, boundsOf, compose, IDENTITY, invert, type Matrix } from './transform.js';

/** The tree of nodes. Every change replaces records; `snapshot` and `restore` give undo. */
export interface SceneDocument {
  readonly root: string;
  readonly page: string;
  has(id: string): boolean;
  /** Throws, as the editor does, for a node that was removed. */
  get(id: string): NodeRecord;
  create(type: HostNodeType, id?: string): NodeRecord;
  update(id: string, change: Partial<Omit<NodeRecord, 'id' | 'type' | 'parent' | 'children'>>): void;
  /** Puts a node into a parent, where `index` counts without the node itself. Its transform stays as it is. */
  insert(parent: string, id: string, index?: number): void;
  remove(id: string): void;
  childrenOf(id: string): readonly string[];
  /** From the node's own space to the page's. */
  absoluteTransform(id: string): Matrix;
  /** From the space in which the node's transform is given to the page's. */
  containerTransform(id: string): Matrix;
  absoluteBounds(id: string): Bounds;
  /** The node and its ancestors, nearest first. */
  lineage(id: string): NodeRecord[];
  snapshot(): ReadonlyMap<string, NodeRecord>;
  restore(snapshot: ReadonlyMap<string, NodeRecord>): void;
}

/** An empty document with one page. */
export function createDocument(): SceneDocument {
  let nodes = new Map<string, NodeRecord>();
  let next = 1;
  const put = (record: NodeRecord) => void nodes.set(record.id, record);

  const scene: SceneDocument = {
    root: '0:0',
    page: '0:1',
    has: (id) => nodes.has(id),
    get(id) {
      const record = nodes.get(id);
      if (!record) throw new Error(`The node with id "${id}" does not exist`);
      return record;
    },
    create(type, id = `1:${next++}`) {
      const record = newRecord(id, type);
      put(record);
      return record;
    },
    update(id, change) {
      const record = scene.get(id);
      put({ ...record, ...change });
      settle(scene, record.parent, put);
      if (record.children) settle(scene, id, put);
    },
    insert(parent, id, index) {
      detach(scene, id, put);
      const target = scene.get(parent);
      const children = [...(target.children ?? [])];
      children.splice(index ?? children.length, 0, id);
      put({ ...target, children });
      put({ ...scene.get(id), parent });
      settle(scene, parent, put);
    },
    remove(id) {
      const parent = detach(scene, id, put);
      const drop = (one: string) => {
        for (const child of scene.childrenOf(one)) drop(child);
        nodes.delete(one);
      };
      drop(id);
      dropEmptyGroups(scene, parent);
    },
    childrenOf: (id) => scene.get(id).children ?? [],
    absoluteTransform(id) {
      return compose(scene.containerTransform(id), scene.get(id).relativeTransform);
    },
    containerTransform(id) {
      const container = scene.lineage(id).find((node, depth) => depth > 0 && !isGroupLike(node.type));
      const placed = container && container.type !== 'PAGE' && container.type !== 'DOCUMENT';
      return placed ? scene.absoluteTransform(container.id) : IDENTITY;
    },
    absoluteBounds(id) {
      const { width, height } = scene.get(id);
      return boundsOf(scene.absoluteTransform(id), width, height);
    },
    lineage(id) {
      const line: NodeRecord[] = [];
      for (let at: string | null = id; at !== null; at = line.at(-1)!.parent) line.push(scene.get(at));
      return line;
    },
    snapshot: () => new Map(nodes),
    restore(snapshot) {
      nodes = new Map(snapshot);
    },
  };
  put(newRecord('0:0', 'DOCUMENT'));
  put(newRecord('0:1', 'PAGE'));
  scene.insert('0:0', '0:1');
  return scene;
}

/** Takes a node out of its parent's list; gives the parent. A group that loses its last child goes with it. */
function detach(scene: SceneDocument, id: string, put: (record: NodeRecord) => void): string | null {
  const { parent } = scene.get(id);
  if (parent === null) return null;
  const holder = scene.get(parent);
  put({ ...holder, children: holder.children!.filter((child) => child !== id) });
  put({ ...scene.get(id), parent: null });
  settle(scene, parent, put);
  dropEmptyGroups(scene, parent);
  return parent;
}

function dropEmptyGroups(scene: SceneDocument, id: string | null): void {
  if (id === null || !scene.has(id)) return;
  const { type, children } = scene.get(id);
  if (isGroupLike(type) && children?.length === 0) scene.remove(id);
}

/** The transform that keeps a node where it is on the page when its container becomes `container`. */
export function keptInPlace(scene: SceneDocument, id: string, container: Matrix): Matrix {
  return compose(invert(container), scene.absoluteTransform(id));
}
