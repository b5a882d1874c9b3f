import { IDENTITY, type Matrix } from './transform.js';

/** The kinds of nodes that the host has. */
export const NODE_TYPES = [
  'DOCUMENT',
  'PAGE',
  'FRAME',
  'GROUP',
  'SECTION',
  'COMPONENT',
  'INSTANCE',
  'RECTANGLE',
  'ELLIPSE',
  'POLYGON',
  'STAR',
  'LINE',
  'VECTOR',
  'BOOLEAN_OPERATION',
  'TEXT',
] as const;

/** One of {@link NODE_TYPES}. */
export type HostNodeType = (typeof NODE_TYPES)[number];

/** Plain data, as properties hold it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * A node as the editor keeps it. Records are never changed, only replaced, so that an older state of the document is the
 * older map of records.
 */
export interface NodeRecord {
  readonly id: string;
  readonly type: HostNodeType;
  readonly parent: string | null;
  /** Back to front; absent for kinds without children. */
  readonly children?: readonly string[];
  /** Relative to the nearest ancestor that is no group. */
  readonly relativeTransform: Matrix;
  readonly width: number;
  readonly height: number;
  /** Everything else that plugins read and write, by its name in the API. */
  readonly props: { readonly [name: string]: Json };
  readonly pluginData: { readonly [key: string]: string };
  readonly relaunchData: { readonly [command: string]: string };
}

const BLEND = {
  visible: true,
  locked: false,
  opacity: 1,
  blendMode: 'PASS_THROUGH',
  isMask: false,
  maskType: 'ALPHA',
  effects: [],
  effectStyleId: '',
};
const GEOMETRY = { fills: [], strokes: [], strokeWeight: 1, fillStyleId: '' };
const IN_LAYOUT = { layoutAlign: 'INHERIT', layoutGrow: 0, layoutPositioning: 'AUTO' };
const CONSTRAINTS = { constraints: { horizontal: 'MIN', vertical: 'MIN' } };
const CORNERS = { cornerRadius: 0 };
const FRAME = {
  ...BLEND,
  ...GEOMETRY,
  ...IN_LAYOUT,
  ...CONSTRAINTS,
  ...CORNERS,
  clipsContent: true,
  layoutMode: 'NONE',
  itemSpacing: 0,
  paddingLeft: 0,
  paddingRight: 0,
  paddingTop: 0,
  paddingBottom: 0,
};
const SHAPE = { ...BLEND, ...GEOMETRY, ...IN_LAYOUT, ...CONSTRAINTS };

/** The properties that each kind has, with what a new node holds. */
export const DEFAULT_PROPS: Readonly<Record<HostNodeType, Readonly<Record<string, Json>>>> = {
  DOCUMENT: {},
  PAGE: { backgrounds: [] },
  FRAME,
  COMPONENT: FRAME,
  INSTANCE: FRAME,
  GROUP: { ...BLEND, ...IN_LAYOUT },
  SECTION: { visible: true, locked: false, fills: [], strokes: [], strokeWeight: 1, fillStyleId: '' },
  RECTANGLE: { ...SHAPE, ...CORNERS },
  ELLIPSE: SHAPE,
  POLYGON: { ...SHAPE, ...CORNERS, pointCount: 3 },
  STAR: { ...SHAPE, ...CORNERS, pointCount: 5, innerRadius: 0.38 },
  LINE: SHAPE,
  VECTOR: { ...SHAPE, vectorPaths: [] },
  BOOLEAN_OPERATION: { ...BLEND, ...GEOMETRY, ...IN_LAYOUT, booleanOperation: 'UNION' },
  TEXT: { ...SHAPE, characters: '', fontSize: 12 },
};

const CONTAINERS: ReadonlySet<HostNodeType> = new Set([
  'DOCUMENT',
  'PAGE',
  'FRAME',
  'GROUP',
  'SECTION',
  'COMPONENT',
  'INSTANCE',
  'BOOLEAN_OPERATION',
]);

/** A node with its defaults, 100 × 100, in no parent. */
export function newRecord(id: string, type: HostNodeType): NodeRecord {
  const title = type.charAt(0) + type.slice(1).toLowerCase().replace('_', ' ');
  const base = {
    id,
    type,
    parent: null,
    relativeTransform: IDENTITY,
    width: 100,
    height: 100,
    props: { name: title, ...DEFAULT_PROPS[type] },
    pluginData: {},
    relaunchData: {},
  };
  return CONTAINERS.has(type) ? { ...base, children: [] } : base;
}

/** Whether children of this kind are placed in the space of the group's own parent. */
export function isGroupLike(type: HostNodeType): boolean {
  return type === 'GROUP' || type === 'BOOLEAN_OPERATION';
}
