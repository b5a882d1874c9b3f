import type { HostNodeType } from '../scene/node-record.js';
import { call, callAsync } from './bridge.js';
import { PROPERTIES, READ_ONLY } from './properties.js';

/** The part of a node that all kinds share, as the typings have it. */
type CommonNode = Pick<
  FrameNode,
  | 'id'
  | 'type'
  | 'removed'
  | 'remove'
  | 'clone'
  | 'resize'
  | 'setPluginData'
  | 'getPluginData'
  | 'getPluginDataKeys'
  | 'setRelaunchData'
  | 'getRelaunchData'
  | 'exportAsync'
  | 'setFillStyleIdAsync'
  | 'setEffectStyleIdAsync'
> & { readonly parent: BaseNode | null };

const known = new Map<string, BaseNode>();
const prototypes = new Map<HostNodeType, object>();

/** The one handle of a node: the same id gives the same object, as plugins compare with `===`. */
export function nodeOf(id: string): BaseNode {
  const existing = known.get(id);
  if (existing) return existing;
  const type = call<HostNodeType>('typeOf', id);
  const node = Object.create(prototypeOf(type)) as BaseNode;
  Object.defineProperty(node, 'id', { value: id, enumerable: true });
  Object.preventExtensions(node);
  known.set(id, node);
  return node;
}

/** As {@link nodeOf}, for "no node" too. */
export function nodeOrNull(id: string | null): BaseNode | null {
  return id === null ? null : nodeOf(id);
}

function prototypeOf(type: HostNodeType): object {
  const made = prototypes.get(type);
  if (made) return made;
  const prototype = Object.defineProperties({}, Object.getOwnPropertyDescriptors(common(type)));
  for (const name of PROPERTIES[type]) {
    const getter = function (this: BaseNode) {
      // Every read is a fresh copy: what a plugin does to it changes nothing until it is set.
      return call('read', this.id, name);
    };
    const setter = function (this: BaseNode, value: unknown) {
      if (READ_ONLY.has(name)) throw new TypeError(`no setter for property "${name}"`);
      call('set', this.id, name, value);
    };
    Object.defineProperty(prototype, name, { get: getter, set: setter, enumerable: true });
  }
  if (isParent(type)) Object.defineProperties(prototype, Object.getOwnPropertyDescriptors(family()));
  if (type === 'PAGE') Object.defineProperties(prototype, Object.getOwnPropertyDescriptors(paging()));
  prototypes.set(type, prototype);
  return prototype;
}

function isParent(type: HostNodeType): boolean {
  return [
    'DOCUMENT',
    'PAGE',
    'FRAME',
    'GROUP',
    'SECTION',
    'COMPONENT',
    'INSTANCE',
    'BOOLEAN_OPERATION',
  ].includes(type);
}

/** Methods read `this`, so they are functions, not arrows. */
function common(type: HostNodeType): object {
  const methods: ThisType<CommonNode> & object = {
    type,
    get removed(): boolean {
      return !call<boolean>('exists', (this as CommonNode).id);
    },
    get parent(): BaseNode | null {
      return nodeOrNull(call<string | null>('read', (this as CommonNode).id, 'parent'));
    },
    remove(): void {
      call('remove', this.id);
    },
    clone(): BaseNode {
      return nodeOf(call<string>('clone', this.id));
    },
    resize(width: number, height: number): void {
      call('resize', this.id, width, height);
    },
    setPluginData(key: string, value: string): void {
      call('setPluginData', this.id, key, value);
    },
    getPluginData(key: string): string {
      return call<Record<string, string>>('read', this.id, 'pluginData')[key] ?? '';
    },
    getPluginDataKeys(): string[] {
      return Object.keys(call<Record<string, string>>('read', this.id, 'pluginData'));
    },
    setRelaunchData(data: Record<string, string>): void {
      call('setRelaunchData', this.id, data);
    },
    async exportAsync(settings: ExportSettings = { format: 'PNG' }): Promise<Uint8Array> {
      return callAsync<Uint8Array>('export', this.id, settings);
    },
    async setFillStyleIdAsync(style: string): Promise<void> {
      call('setStyle', this.id, 'fillStyleId', style);
    },
    async setEffectStyleIdAsync(style: string): Promise<void> {
      call('setStyle', this.id, 'effectStyleId', style);
    },
  };
  return methods;
}

function family(): object {
  const methods: ThisType<CommonNode & ChildrenMixin> & object = {
    get children(): BaseNode[] {
      return call<string[]>('read', (this as BaseNode).id, 'children').map(nodeOf);
    },
    appendChild(child: BaseNode): void {
      call('insert', this.id, child.id);
    },
    insertChild(index: number, child: BaseNode): void {
      call('insert', this.id, child.id, index);
    },
    findAll(test?: (node: SceneNode) => boolean): SceneNode[] {
      const found: SceneNode[] = [];
      const walk = (nodes: readonly SceneNode[]): void => {
        for (const node of nodes) {
          if (!test || test(node)) found.push(node);
          if ('children' in node) walk(node.children);
        }
      };
      walk(this.children);
      return found;
    },
  };
  return methods;
}

function paging(): object {
  return {
    get selection(): readonly SceneNode[] {
      return Object.freeze(call<string[]>('selection').map((id) => nodeOf(id) as SceneNode));
    },
    set selection(nodes: readonly SceneNode[]) {
      call(
        'select',
        nodes.map(({ id }) => id),
      );
    },
    async loadAsync(): Promise<void> {},
  };
}
