import type { HostNodeType, HostPage, Json } from '@cutkit/figma-host';
import { serveFigma } from '@cutkit/figma-host/serve';
import type { Browser, Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import { launch } from '../support/chromium.js';

declare global {
  interface Window {
    figmaHost: HostPage;
    /** The document as it was when the editor opened. */
    untouched: ReturnType<HostPage['host']['scene']['snapshot']>;
    /** How the last start of the plugin went. */
    start: string;
  }
}

/** A busy machine takes its time; a test that hangs is ended by its own limit. */
const PATIENCE_MS = 150_000;

/** How the editor is opened. */
interface EditorOptions {
  readonly csp?: 'figma' | 'strict' | 'data-worker' | 'no-worker';
  readonly delivery?: 'srcdoc' | 'data-shell';
  readonly theme?: 'light' | 'dark';
  readonly editor?: 'figma' | 'dev';
  readonly empty?: '';
}

/** A browser with the served editor. */
export interface Studio {
  open(options?: EditorOptions): Promise<EditorPage>;
  close(): Promise<void>;
}

/** One editor in one tab. */
export interface EditorPage {
  readonly page: Page;
  /** Requests that went out since the editor was ready, but for `blob:` and `data:`, which stay inside. */
  readonly requests: readonly string[];
  select(...names: string[]): Promise<void>;
  run(command: string, parameters?: Readonly<Record<string, string>>): Promise<void>;
  /** The plugin's window. */
  frame(): Promise<Frame>;
  /** Resolves when the plugin has ended. */
  ended(): Promise<void>;
  /** The page's tree: names by depth, masks marked. */
  layers(): Promise<string[]>;
  /** All records, to be compared. */
  snapshot(): Promise<string>;
  steps(): Promise<number>;
  notices(): Promise<string[]>;
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** Mean difference, 0–255, between a layer as it is and as `expected` (a cut-out of its picture) would make it. */
  difference(name: string, cutout: Uint8Array): Promise<number>;
  add(type: HostNodeType, name: string, props: { readonly [name: string]: Json }): Promise<void>;
  /** Puts a picture into the document's store, of any size; gives its hash. */
  addImage(bytes: Uint8Array): Promise<string>;
  /** Deletes a layer, as its user or somebody else in the file may at any time. */
  remove(name: string): Promise<void>;
  /** The picture that a layer shows: the bytes of its topmost fill. */
  shown(name: string): Promise<Buffer>;
  close(): Promise<void>;
}

/** Serves the editor and starts Chromium. */
export async function openStudio(): Promise<Studio> {
  const server = await serveFigma();
  const browser: Browser = await launch();
  return {
    open: (options = {}) => openEditor(browser, server.url, options),
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

async function openEditor(browser: Browser, url: string, options: EditorOptions): Promise<EditorPage> {
  const page = await browser.newPage({ viewport: { width: 1500, height: 860 } });
  page.setDefaultTimeout(PATIENCE_MS);
  const requests: string[] = [];
  await page.goto(`${url}?${new URLSearchParams({ ...options })}`);
  await page.waitForFunction(() => 'figmaHost' in window);
  await page.evaluate(() => {
    window.untouched = window.figmaHost.host.scene.snapshot();
  });
  page.on('request', (request) => {
    if (!/^(?:blob|data|about):/.test(request.url())) requests.push(request.url());
  });
  return {
    page,
    requests,
    select: (...names) =>
      page.evaluate((wanted) => {
        const { host } = window.figmaHost;
        const all = [...host.scene.snapshot().values()];
        host.selection = wanted.map((name) => all.find(({ props }) => props['name'] === name)!.id);
      }, names),
    async run(command, parameters = {}) {
      // Asked for, not awaited over the wire: once the window's 13 MB are on the heap, Chromium may collect the promise of an
      // `evaluate` before it has answered.
      await page.evaluate(
        ([name, given]) => {
          window.start = 'under way';
          window.figmaHost.host.run(name, given).then(
            () => {
              window.start = 'done';
            },
            (error: unknown) => {
              window.start = String(error);
            },
          );
        },
        [command, parameters] as const,
      );
      await page.waitForFunction(() => window.start !== 'under way');
      expect(await page.evaluate(() => window.start)).toBe('done');
    },
    async frame() {
      // Not by a selector: the element carries the whole page as an attribute, which would be read each time.
      const find = () => page.frames().find((one) => one.parentFrame() !== null);
      while (!find()) await page.waitForTimeout(20);
      const frame = find()!;
      await frame.waitForSelector('main', { timeout: PATIENCE_MS });
      return frame;
    },
    ended: async () => {
      await page.waitForFunction(() => !window.figmaHost.host.running, undefined, { timeout: PATIENCE_MS });
    },
    layers: () =>
      page.evaluate(() => {
        const { scene } = window.figmaHost.host;
        const walk = (id: string, depth: number): string[] => {
          const { props } = scene.get(id);
          const mark = props['isMask'] === true ? ' (mask)' : '';
          const rest = scene.childrenOf(id).flatMap((child) => walk(child, depth + 1));
          return [`${'  '.repeat(depth)}${String(props['name'])}${mark}`, ...rest];
        };
        return scene.childrenOf(scene.page).flatMap((id) => walk(id, 0));
      }),
    snapshot: () => page.evaluate(() => JSON.stringify([...window.figmaHost.host.scene.snapshot()])),
    steps: () => page.evaluate(() => window.figmaHost.host.history.steps),
    notices: () => page.evaluate(() => window.figmaHost.host.notices.map(({ message }) => message)),
    undo: async () => void (await page.evaluate(() => window.figmaHost.host.undo())),
    redo: async () => void (await page.evaluate(() => window.figmaHost.host.redo())),
    difference: (name, cutout) =>
      page.evaluate(compareLayer, { name, cutout: Buffer.from(cutout).toString('base64') }),
    // As text: the type of arbitrary JSON is too deep for `evaluate` to follow.
    add: (type, name, props) => page.evaluate(addNode, JSON.stringify({ type, props: { ...props, name } })),
    addImage: (bytes) =>
      page.evaluate(
        (text) =>
          window.figmaHost.host.images.keep(Uint8Array.from(atob(text), (char) => char.charCodeAt(0))),
        Buffer.from(bytes).toString('base64'),
      ),
    remove: (name) =>
      page.evaluate((wanted) => {
        const { scene } = window.figmaHost.host;
        scene.remove([...scene.snapshot().values()].find(({ props }) => props['name'] === wanted)!.id);
      }, name),
    shown: async (name) => {
      const text = await page.evaluate((wanted) => {
        const { scene, images } = window.figmaHost.host;
        const layer = [...scene.snapshot().values()].find(({ props }) => props['name'] === wanted)!;
        const hash = (layer.props['fills'] as { imageHash: string }[]).at(-1)!.imageHash;
        return Array.from(images.get(hash)!.bytes, (byte) => String.fromCharCode(byte)).join('');
      }, name);
      return Buffer.from(text, 'latin1');
    },
    close: () => page.close(),
  };
}

/** Runs in the page. */
function addNode(text: string): void {
  const { type, props } = JSON.parse(text);
  const { scene, history } = window.figmaHost.host;
  const { id } = scene.create(type);
  scene.insert(scene.page, id);
  scene.update(id, { props: { ...scene.get(id).props, ...props } });
  history.commit();
}

/** Runs in the page. The expected layer is the original one with the cut-out as its picture; both are drawn by the host. */
async function compareLayer({ name, cutout }: { name: string; cutout: string }): Promise<number> {
  const { host, samples, pixels } = window.figmaHost;
  const id = samples.get(name)!;
  const group = host.scene
    .lineage(id)
    .find(({ type, pluginData }) => type === 'GROUP' && 'cutkit' in pluginData);
  const shown = group?.id ?? id;
  const actual = await pixels(shown, id, 1);
  const now = host.scene.snapshot();
  const hash = host.images.add(Uint8Array.from(atob(cutout), (char) => char.charCodeAt(0)));
  host.scene.restore(window.untouched);
  const { props } = host.scene.get(id);
  const fills = (props['fills'] as { type: string }[]).map((paint) =>
    paint.type === 'IMAGE' ? { ...paint, imageHash: hash } : paint,
  );
  host.scene.update(id, { props: { ...props, fills } });
  const expected = await pixels(id, id, 1);
  host.scene.restore(now);
  let sum = 0;
  for (let i = 0; i < actual.data.length; i += 4) {
    const [a, b] = [actual.data[i + 3]!, expected.data[i + 3]!];
    sum += Math.abs(a - b);
    for (let c = 0; c < 3; c++) sum += Math.abs((actual.data[i + c]! * a - expected.data[i + c]! * b) / 255);
  }
  return sum / actual.data.length;
}
