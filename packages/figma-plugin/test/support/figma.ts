import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  createFigmaHost,
  type FigmaHost,
  type HostNodeType,
  type Json,
  type PluginManifest,
} from '@cutkit/figma-host';
import { bundleGuest } from '@cutkit/figma-host/bundle-guest';
import { build } from 'esbuild';
import { encodePng } from '../../src/png/encode-png.js';
import type { LayerResult, MainApi, Output, UiApi } from '../../src/protocol.js';
import { connect } from '../../src/rpc.js';
import type { Main } from '../../src/ui/main-half.js';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const manifest = JSON.parse(readFileSync(at('manifest.json'), 'utf8')) as PluginManifest;
const guest = await bundleGuest();
const { outputFiles } = await build({
  entryPoints: [at('src/main/main.ts')],
  bundle: true,
  format: 'iife',
  target: 'es2019',
  write: false,
});
const code = outputFiles[0]!.text;

/** A grey picture of `width × height`. */
export function png(width: number, height: number, shade = 128): Promise<Uint8Array> {
  return encodePng({ width, height, channels: 3, data: new Uint8Array(width * height * 3).fill(shade) });
}

/** An image fill. */
export function imageFill(imageHash: string, extra: { readonly [key: string]: Json } = {}): Json {
  return [
    { type: 'IMAGE', scaleMode: 'FILL', imageHash, visible: true, opacity: 1, blendMode: 'NORMAL', ...extra },
  ];
}

/** Resolves when the plugin has ended. */
export async function ended({ host }: TestFigma): Promise<void> {
  while (host.running) await new Promise((turn) => setTimeout(turn, 5));
}

interface NodeOptions {
  readonly parent?: string;
  readonly id?: string;
  readonly props?: { readonly [name: string]: Json };
  readonly box?: readonly [x: number, y: number, width: number, height: number];
}

/** Figma with the plugin's real main half, and the test in the window's place. */
export interface TestFigma {
  readonly host: FigmaHost;
  readonly main: Main;
  /** Hash of a photo of 80 × 60. */
  readonly photo: string;
  /** Adds a node; gives its id. */
  add(type: HostNodeType, options?: NodeOptions): string;
  start(command?: string): Promise<void>;
  /** Applies one output to one layer, with a mask or cut-out as large as the photo. */
  apply(id: string, output: Output, more?: Partial<LayerResult>): ReturnType<Main['apply']>;
  /** The page as plain data. */
  tree(id?: string): unknown;
  name(id: string): unknown;
}

/** An empty page with a photo in its store. */
export async function openFigma(editorType: 'figma' | 'dev' = 'figma'): Promise<TestFigma> {
  let hear = (_: unknown) => {};
  let post = (_: unknown) => {};
  let opened = () => {};
  const host = createFigmaHost({
    plugin: { manifest, code, html: '<html></html>' },
    guest,
    editorType,
    render: () => png(20, 20),
    openUi: (_html, _options, receive) => {
      post = receive;
      opened();
      return { post: (message) => hear(message), resize() {}, setVisible() {}, close() {} };
    },
  });
  const main: Main = connect<MainApi, UiApi>(
    { selectionChanged() {} },
    {
      post: (message) => post(message),
      on: (listen) => {
        hear = listen;
      },
    },
  );
  const photo = host.images.add(await png(80, 60));
  const { scene } = host;
  const figma: TestFigma = {
    host,
    main,
    photo,
    add(type, { parent = scene.page, id, props = {}, box: [x, y, width, height] = [10, 20, 160, 120] } = {}) {
      const { id: made } = scene.create(type, id);
      scene.insert(parent, made);
      const relativeTransform = [[1, 0, x] as const, [0, 1, y] as const] as const;
      scene.update(made, { width, height, relativeTransform, props: { ...scene.get(made).props, ...props } });
      return made;
    },
    async start(command = 'remove') {
      host.history.commit();
      const window = new Promise<void>((resolve) => {
        opened = resolve;
      });
      await host.run(command);
      await window;
    },
    async apply(id, output, more = {}) {
      const bytes = await png(80, 60, 255);
      const made =
        output === 'vector-outline' ? { outline: 'M 0 0 L 80 0 L 80 60 Z' } : { picture: 0, ...more };
      return main.apply({
        pictures: [{ bytes, scale: 1 }],
        results: [{ id, layer: String(figma.name(id)), output, ...made }],
      });
    },
    tree(id = scene.page) {
      const { children, parent: _, ...rest } = scene.get(id);
      return { ...rest, children: children?.map((child) => figma.tree(child)) };
    },
    name: (id) => scene.get(id).props['name'],
  };
  return figma;
}
