import { beforeEach, describe, expect, it } from 'vitest';
import { bundleGuest } from '../bundle-guest.mjs';
import { createFigmaHost, type FigmaHost } from '../src/index.js';

const guest = await bundleGuest();
const GREY = { r: 0.5, g: 0.5, b: 0.5 };

/** The smallest PNG there is, as bytes in a script. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let host: FigmaHost;

/** Runs a script as a plugin's whole code; gives what it logged. */
async function plugin(code: string): Promise<string[]> {
  const manifest = {
    name: 'Test',
    id: 'test',
    main: 'code.js',
    ui: 'ui.html',
    relaunchButtons: [{ command: 'go', name: 'Go' }],
  };
  const before = host;
  host = createFigmaHost({
    plugin: { manifest, code, html: '<html></html>' },
    guest,
    openUi: () => ({ post() {}, resize() {}, setVisible() {}, close() {} }),
  });
  if (before) host.images.add(Uint8Array.from(atob(PNG), (char) => char.charCodeAt(0)));
  await host.run('');
  await new Promise((turn) => setTimeout(turn, 20));
  return host.log.map((line) => line.replace(/^\w+: /, ''));
}

/** The message that an expression throws. */
const thrown = (expression: string, setup = '') =>
  plugin(
    `'use strict'; ${setup}; try { ${expression}; console.log('no error') } catch (error) { console.log(error.message) }`,
  );

beforeEach(() => {
  host = undefined as unknown as FigmaHost;
});

describe('the rules that Figma holds plugins to', () => {
  it('gives copies: what is done to a list changes nothing until it is set', async () => {
    const log = await plugin(`
      const r = figma.createRectangle();
      r.fills.push({ type: 'SOLID', color: ${JSON.stringify(GREY)} });
      console.log(r.fills.length);
      r.fills = [...r.fills, { type: 'SOLID', color: ${JSON.stringify(GREY)} }];
      console.log(r.fills.length);`);
    expect(log).toEqual(['1', '2']);
  });

  it.each([
    ['figma.getNodeById("1:1")', 'dynamic-page'],
    ['figma.createRectangle().fillStyleId = "S:1"', 'dynamic-page'],
    ['figma.createImage(new Uint8Array([1, 2, 3]))', 'Image type is unsupported'],
    ['figma.notify("x".repeat(101))', '100 characters'],
    ['figma.createRectangle().setPluginData("k", "x".repeat(100001))', '100 kB'],
    ['figma.createRectangle().setRelaunchData({ other: "" })', 'not in the manifest'],
    [
      'figma.createRectangle().fills = [{ type: "IMAGE", scaleMode: "FILL", imageHash: "a", imageTransform: [[1,0,0],[0,1,0]] }]',
      'only for CROP',
    ],
    [
      'figma.createRectangle().fills = [{ type: "IMAGE", scaleMode: "STRETCH", imageHash: "a" }]',
      'Invalid enum value',
    ],
    ['figma.createRectangle().width = 5', 'no setter'],
    ['figma.createRectangle().colour = 5', 'not extensible'],
    ['figma.createRectangle().opacity = 2', 'between 0 and 1'],
    ['figma.createVector().vectorPaths = [{ windingRule: "EVENODD", data: "M0,0 L1,1" }]', 'Invalid command'],
    ['const r = figma.createRectangle(); r.remove(); r.name', 'does not exist'],
  ])('%s throws', async (expression, message) => {
    expect((await thrown(expression))[0]).toContain(message);
  });

  it('has nothing of a browser in the machine', async () => {
    const log = await plugin(
      'console.log([typeof document, typeof window, typeof TextEncoder, typeof URL, typeof fetch].join())',
    );
    expect(log).toEqual(['undefined,undefined,undefined,undefined,undefined']);
  });

  it('keeps places when grouping, takes groups that are empty away', async () => {
    const log = await plugin(`
      const frame = figma.createFrame(); frame.x = 100; frame.y = 50;
      const r = figma.createRectangle(); frame.appendChild(r); r.x = 10; r.y = 20;
      const group = figma.group([r], figma.currentPage);
      console.log(JSON.stringify(r.absoluteBoundingBox), group.x, group.y);
      frame.appendChild(r);
      console.log(group.removed);`);
    expect(log).toEqual(['{"x":110,"y":70,"width":100,"height":100} 110 70', 'true']);
  });

  it('places what is in auto layout itself', async () => {
    const log = await plugin(`
      const frame = figma.createFrame(); frame.layoutMode = 'HORIZONTAL'; frame.itemSpacing = 8; frame.paddingLeft = 4;
      const [a, b] = [figma.createRectangle(), figma.createRectangle()];
      frame.appendChild(a); frame.appendChild(b); b.x = 999;
      console.log(a.x, b.x, frame.width);`);
    expect(log).toEqual(['4 112 212']);
  });

  it('tells of a new selection after the call, not in it', async () => {
    const log = await plugin(`
      figma.on('selectionchange', () => console.log('told'));
      figma.currentPage.selection = [figma.createRectangle()];
      console.log('set');`);
    expect(log).toEqual(['set', 'told']);
  });

  it('ends with closePlugin, timers too', async () => {
    const log = await plugin(`setTimeout(() => console.log('late'), 5); figma.closePlugin('Bye');`);
    expect(log).toEqual([]);
    expect(host.running).toBe(false);
    expect(host.notices.at(-1)?.message).toBe('Bye');
  });

  it('undoes by steps that commitUndo cuts, and redoes', async () => {
    await plugin(`
      const r = figma.createRectangle(); figma.commitUndo();
      r.name = 'B'; r.opacity = 0.5; figma.commitUndo();`);
    const [id] = host.scene.childrenOf(host.scene.page);
    expect(host.history.steps).toBe(2);
    host.undo();
    expect(host.scene.get(id!).props).toMatchObject({ name: 'Rectangle', opacity: 1 });
    host.redo();
    expect(host.scene.get(id!).props).toMatchObject({ name: 'B', opacity: 0.5 });
    host.undo();
    host.undo();
    expect(host.scene.childrenOf(host.scene.page)).toEqual([]);
  });

  it('refuses what a storage of 5 MB cannot hold', async () => {
    const log = await plugin(`
      figma.clientStorage.setAsync('a', new Uint8Array(3e6))
        .then(() => figma.clientStorage.setAsync('b', new Uint8Array(3e6)))
        .catch((error) => console.log(error.message))
        .then(() => figma.clientStorage.getAsync('a'))
        .then((a) => console.log(a.length));`);
    expect(log).toEqual(['in clientStorage.setAsync: Exceeded the quota of 5 MB', '3000000']);
  });

  it('gives one handle a node, and errors in listeners stop no other', async () => {
    const log = await plugin(`
      const r = figma.createRectangle();
      console.log(figma.currentPage.children[0] === r, r.parent === figma.currentPage);
      figma.on('run', () => { throw new Error('first') });
      figma.on('run', () => console.log('second'));`);
    expect(log[0]).toBe('true true');
    expect(log.some((line) => line.startsWith('first'))).toBe(true);
    expect(log.at(-1)).toBe('second');
  });
});
