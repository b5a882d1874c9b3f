import type { FigmaHost } from '../host.js';
import type { HostNodeType, Json, NodeRecord } from '../scene/node-record.js';
import type { Matrix } from '../scene/transform.js';

/** How one sample layer is made. */
interface Sample {
  readonly type: HostNodeType;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly parent?: string;
  readonly turn?: number;
  readonly props?: { readonly [name: string]: Json };
}

/** Fills a page with one layer of each kind that can hold a picture. Gives the ids by name. */
export function addSamples(host: FigmaHost, photo: Uint8Array): ReadonlyMap<string, string> {
  const hash = host.images.add(photo);
  const ids = new Map<string, string>();
  const image = (extra: { readonly [key: string]: Json } = {}): Json => [
    {
      type: 'IMAGE',
      scaleMode: 'FILL',
      imageHash: hash,
      visible: true,
      opacity: 1,
      blendMode: 'NORMAL',
      ...extra,
    },
  ];
  const solid = (r: number, g: number, b: number): Json => [{ type: 'SOLID', color: { r, g, b } }];
  const add = ({ type, name, x, y, width, height, parent, turn = 0, props = {} }: Sample) => {
    const { id } = host.scene.create(type, parentId(ids, parent));
    ids.set(name, id);
    host.scene.insert(parent ? ids.get(parent)! : host.scene.page, id);
    const change: Partial<NodeRecord> = {
      width,
      height,
      relativeTransform: placed(x, y, turn),
      props: { ...host.scene.get(id).props, name, ...props },
    };
    host.scene.update(id, change);
  };
  const CROP: Matrix = [
    [0.6, 0, 0.2],
    [0, 0.7, 0.15],
  ];
  const shadow = {
    type: 'DROP_SHADOW',
    visible: true,
    radius: 16,
    spread: 0,
    blendMode: 'NORMAL',
    offset: { x: 0, y: 8 },
    color: { r: 0, g: 0, b: 0, a: 0.5 },
  };

  add({ type: 'RECTANGLE', name: 'Photo', x: 40, y: 40, width: 320, height: 240, props: { fills: image() } });
  add({
    type: 'RECTANGLE',
    name: 'Cropped',
    x: 400,
    y: 40,
    width: 220,
    height: 220,
    props: {
      fills: image({ scaleMode: 'CROP', imageTransform: CROP as unknown as Json }),
      cornerRadius: 24,
      effects: [shadow],
    },
  });
  add({
    type: 'RECTANGLE',
    name: 'Rotated',
    x: 720,
    y: 60,
    width: 260,
    height: 195,
    turn: 18,
    props: { fills: image({ filters: { saturation: -0.6 } }), opacity: 0.9 },
  });
  add({
    type: 'RECTANGLE',
    name: 'Fitted',
    x: 1020,
    y: 40,
    width: 200,
    height: 240,
    props: { fills: image({ scaleMode: 'FIT', rotation: 90 }) },
  });
  add({
    type: 'RECTANGLE',
    name: 'Tiled',
    x: 40,
    y: 320,
    width: 320,
    height: 200,
    props: { fills: image({ scaleMode: 'TILE', scalingFactor: 0.12 }) },
  });
  add({
    type: 'ELLIPSE',
    name: 'Avatar',
    x: 400,
    y: 320,
    width: 200,
    height: 200,
    props: { fills: image() },
  });
  add({ type: 'FRAME', name: 'Hero', x: 640, y: 320, width: 300, height: 200, props: { fills: image() } });
  add({
    type: 'TEXT',
    name: 'Headline',
    x: 20,
    y: 130,
    width: 260,
    height: 60,
    parent: 'Hero',
    props: { characters: 'Summer', fontSize: 56, fills: solid(1, 1, 1) },
  });
  add({
    type: 'TEXT',
    name: 'Lettering',
    x: 980,
    y: 320,
    width: 260,
    height: 90,
    props: { characters: 'PHOTO', fontSize: 80, fills: image() },
  });
  add({
    type: 'VECTOR',
    name: 'Badge',
    x: 990,
    y: 420,
    width: 200,
    height: 120,
    props: {
      vectorPaths: [{ windingRule: 'NONZERO', data: 'M 0 60 C 0 0 200 0 200 60 C 200 140 0 140 0 60 Z' }],
      fills: image(),
    },
  });
  add({
    type: 'FRAME',
    name: 'Cards',
    x: 40,
    y: 560,
    width: 440,
    height: 160,
    props: {
      layoutMode: 'HORIZONTAL',
      itemSpacing: 16,
      paddingLeft: 16,
      paddingRight: 16,
      paddingTop: 16,
      paddingBottom: 16,
      fills: solid(0.95, 0.95, 0.96),
      cornerRadius: 12,
    },
  });
  add({
    type: 'RECTANGLE',
    name: 'Card 1',
    x: 0,
    y: 0,
    width: 128,
    height: 128,
    parent: 'Cards',
    props: { fills: image() },
  });
  add({
    type: 'RECTANGLE',
    name: 'Card 2',
    x: 0,
    y: 0,
    width: 128,
    height: 128,
    parent: 'Cards',
    props: { fills: image() },
  });
  add({
    type: 'COMPONENT',
    name: 'Tile component',
    x: 520,
    y: 560,
    width: 160,
    height: 160,
    props: { fills: image() },
  });
  add({
    type: 'INSTANCE',
    name: 'Tile instance',
    x: 700,
    y: 560,
    width: 160,
    height: 160,
    props: { fills: solid(0.85, 0.93, 1) },
  });
  add({
    type: 'RECTANGLE',
    name: 'Picture in instance',
    x: 16,
    y: 16,
    width: 128,
    height: 128,
    parent: 'Tile instance',
    props: { fills: image() },
  });
  add({
    type: 'SECTION',
    name: 'Section',
    x: 880,
    y: 560,
    width: 180,
    height: 160,
    props: { fills: image() },
  });
  add({ type: 'GROUP', name: 'Group', x: 0, y: 0, width: 1, height: 1 });
  add({
    type: 'RECTANGLE',
    name: 'Backdrop',
    x: 1080,
    y: 560,
    width: 160,
    height: 160,
    parent: 'Group',
    props: { fills: solid(1, 0.85, 0.4) },
  });
  add({
    type: 'RECTANGLE',
    name: 'In the group',
    x: 1096,
    y: 576,
    width: 128,
    height: 128,
    parent: 'Group',
    props: { fills: image() },
  });
  add({ type: 'STAR', name: 'Star', x: 1260, y: 40, width: 180, height: 180, props: { fills: image() } });
  add({
    type: 'RECTANGLE',
    name: 'Locked',
    x: 1260,
    y: 320,
    width: 120,
    height: 90,
    props: { fills: image(), locked: true },
  });
  add({
    type: 'RECTANGLE',
    name: 'Lost picture',
    x: 1260,
    y: 430,
    width: 120,
    height: 90,
    props: { fills: image({ imageHash: '0000000000000000000000000000000000000000' }) },
  });
  host.history.commit();
  return ids;
}

/** Nodes inside an instance have its id in theirs. */
function parentId(ids: ReadonlyMap<string, string>, parent: string | undefined): string | undefined {
  const id = parent === 'Tile instance' ? ids.get(parent) : undefined;
  return id ? `I${id};9:1` : undefined;
}

function placed(x: number, y: number, degrees: number): Matrix {
  const turn = (degrees * Math.PI) / 180;
  return [
    [Math.cos(turn), -Math.sin(turn), x],
    [Math.sin(turn), Math.cos(turn), y],
  ];
}
