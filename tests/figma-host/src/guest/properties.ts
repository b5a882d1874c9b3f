import type { HostNodeType } from '../scene/node-record.js';

type Kinds = {
  DOCUMENT: DocumentNode;
  PAGE: PageNode;
  FRAME: FrameNode;
  GROUP: GroupNode;
  SECTION: SectionNode;
  COMPONENT: ComponentNode;
  INSTANCE: InstanceNode;
  RECTANGLE: RectangleNode;
  ELLIPSE: EllipseNode;
  POLYGON: PolygonNode;
  STAR: StarNode;
  LINE: LineNode;
  VECTOR: VectorNode;
  BOOLEAN_OPERATION: BooleanOperationNode;
  TEXT: TextNode;
};

const PLACED = [
  'x',
  'y',
  'width',
  'height',
  'rotation',
  'relativeTransform',
  'absoluteTransform',
  'absoluteBoundingBox',
  'absoluteRenderBounds',
] as const;
const BLEND = [
  'visible',
  'locked',
  'opacity',
  'blendMode',
  'isMask',
  'maskType',
  'effects',
  'effectStyleId',
] as const;
const GEOMETRY = ['fills', 'strokes', 'strokeWeight', 'fillStyleId'] as const;
const IN_LAYOUT = ['layoutAlign', 'layoutGrow', 'layoutPositioning'] as const;
const FRAME = [
  ...PLACED,
  ...BLEND,
  ...GEOMETRY,
  ...IN_LAYOUT,
  'constraints',
  'cornerRadius',
  'clipsContent',
  'layoutMode',
  'itemSpacing',
  'paddingLeft',
  'paddingRight',
  'paddingTop',
  'paddingBottom',
] as const;
const SHAPE = [...PLACED, ...BLEND, ...GEOMETRY, ...IN_LAYOUT, 'constraints'] as const;

/**
 * The properties of each kind of node. Every name is checked against the official typings: one that they rename or drop
 * breaks this file.
 */
export const PROPERTIES = {
  DOCUMENT: ['name'],
  PAGE: ['name', 'backgrounds'],
  FRAME: ['name', ...FRAME],
  COMPONENT: ['name', ...FRAME],
  INSTANCE: ['name', ...FRAME],
  GROUP: ['name', ...PLACED, ...BLEND, ...IN_LAYOUT],
  SECTION: [
    'name',
    'x',
    'y',
    'width',
    'height',
    'visible',
    'locked',
    'relativeTransform',
    'absoluteTransform',
    'absoluteBoundingBox',
    'fills',
    'fillStyleId',
  ],
  RECTANGLE: ['name', ...SHAPE, 'cornerRadius'],
  ELLIPSE: ['name', ...SHAPE],
  POLYGON: ['name', ...SHAPE, 'cornerRadius', 'pointCount'],
  STAR: ['name', ...SHAPE, 'cornerRadius', 'pointCount', 'innerRadius'],
  LINE: ['name', ...SHAPE],
  VECTOR: ['name', ...SHAPE, 'vectorPaths'],
  BOOLEAN_OPERATION: ['name', ...PLACED, ...BLEND, ...GEOMETRY, ...IN_LAYOUT, 'booleanOperation'],
  TEXT: ['name', ...SHAPE, 'characters', 'fontSize'],
} as const satisfies { readonly [Type in HostNodeType]: readonly (keyof Kinds[Type])[] };

/** What a plugin may read but not set. */
export const READ_ONLY: ReadonlySet<string> = new Set([
  'width',
  'height',
  'absoluteTransform',
  'absoluteBoundingBox',
  'absoluteRenderBounds',
]);
