import type { HostNodeType, Json } from '@cutkit/figma-host';
import { describe, expect, it } from 'vitest';
import type { Output } from '../../src/protocol.js';
import { ended, imageFill, openFigma, png, type TestFigma } from '../support/figma.js';

const TURNED = [
  [0.8, -0.6, 70],
  [0.6, 0.8, 30],
] as const;
const SHADOW = {
  type: 'DROP_SHADOW',
  radius: 4,
  visible: true,
  offset: { x: 0, y: 2 },
  color: { r: 0, g: 0, b: 0, a: 1 },
  blendMode: 'NORMAL',
};

/** A page with a layer between two others, turned, with looks of its own. */
async function page(type: HostNodeType = 'RECTANGLE', paint: { readonly [key: string]: Json } = {}) {
  const figma = await openFigma();
  figma.add('RECTANGLE', { props: { name: 'below' } });
  const id = figma.add(type, {
    props: {
      name: 'Photo',
      opacity: 0.5,
      blendMode: 'MULTIPLY',
      effects: [SHADOW],
      fills: imageFill(figma.photo, paint),
    },
  });
  figma.host.scene.update(id, { relativeTransform: TURNED });
  figma.add('RECTANGLE', { props: { name: 'above' } });
  figma.host.selection = [id];
  await figma.start();
  return { figma, id };
}

const fillsOf = (figma: TestFigma, id: string) =>
  figma.host.scene.get(id).props['fills'] as { readonly [key: string]: Json }[];
const names = (figma: TestFigma, id: string) =>
  figma.host.scene.childrenOf(id).map((child) => figma.name(child));

describe('a mask group', () => {
  it('stands in the layer’s place, with a mask of the same geometry below the untouched layer', async () => {
    const { figma, id } = await page('RECTANGLE', {
      scaleMode: 'CROP',
      imageTransform: [
        [0.5, 0, 0.1],
        [0, 0.5, 0.2],
      ],
      filters: { exposure: 0.2 },
    });
    const { scene } = figma.host;
    const fills = fillsOf(figma, id);
    expect(await figma.apply(id, 'mask-group')).toEqual({ done: 1, problems: [] });
    expect(names(figma, scene.page)).toEqual(['below', 'Photo cut-out', 'above']);
    const group = scene.childrenOf(scene.page)[1]!;
    const [mask, source] = scene.childrenOf(group) as [string, string];
    expect(source).toBe(id);
    expect(fillsOf(figma, id)).toEqual(fills);
    expect(scene.get(mask).relativeTransform).toEqual(TURNED);
    expect(scene.get(mask)).toMatchObject({
      width: 160,
      height: 120,
      props: { isMask: true, maskType: 'LUMINANCE' },
    });
    const [paint] = fillsOf(figma, mask);
    expect(paint).toEqual({
      type: 'IMAGE',
      scaleMode: 'CROP',
      imageTransform: [
        [0.5, 0, 0.1],
        [0, 0.5, 0.2],
      ],
      imageHash: expect.any(String),
    });
    expect(figma.host.images.get(String(paint?.['imageHash']))).toMatchObject({ width: 80, height: 60 });
    expect(figma.host.selection).toEqual([group]);
  });

  it('takes shadows, blending and opacity over, so that they follow the cut-out', async () => {
    const { figma, id } = await page();
    await figma.apply(id, 'mask-group');
    const { scene } = figma.host;
    const group = scene.childrenOf(scene.page)[1]!;
    expect(scene.get(group).props).toMatchObject({ opacity: 0.5, blendMode: 'MULTIPLY', effects: [SHADOW] });
    expect(scene.get(id).props).toMatchObject({ opacity: 1, blendMode: 'PASS_THROUGH', effects: [] });
  });

  it('covers a drawn layer upright, where it was drawn', async () => {
    const figma = await openFigma();
    const frame = figma.add('FRAME', { box: [100, 50, 300, 300] });
    const star = figma.add('STAR', { parent: frame, box: [30, 40, 100, 100] });
    figma.host.selection = [star];
    await figma.start();
    await figma.apply(star, 'mask-group');
    const { scene } = figma.host;
    const [mask] = scene.childrenOf(scene.childrenOf(frame)[0]!) as [string];
    expect(scene.absoluteBounds(mask)).toEqual(scene.absoluteBounds(star));
  });

  it('uses a tile factor that fits a smaller mask', async () => {
    const { figma, id } = await page('RECTANGLE', { scaleMode: 'TILE', scalingFactor: 0.5 });
    await figma.main.apply({
      pictures: [{ bytes: await png(40, 30), scale: 0.5 }],
      results: [{ id, layer: 'Photo', output: 'mask-group', picture: 0 }],
    });
    const { scene } = figma.host;
    const mask = scene.childrenOf(scene.childrenOf(scene.page)[1]!)[0]!;
    expect(fillsOf(figma, mask)[0]).toMatchObject({ scaleMode: 'TILE', scalingFactor: 1 });
  });
});

describe('other results', () => {
  it('stacks the cut-out above the hidden original, all else of the paint kept', async () => {
    const { figma, id } = await page('FRAME', { filters: { contrast: 0.3 }, opacity: 0.7 });
    const [original] = fillsOf(figma, id);
    await figma.apply(id, 'fill-stack');
    const [below, cut] = fillsOf(figma, id);
    expect(below).toEqual({ ...original, visible: false });
    expect(cut).toEqual({ ...original, imageHash: expect.not.stringMatching(figma.photo) });
  });

  it('replaces the fill', async () => {
    const { figma, id } = await page();
    await figma.apply(id, 'replace-fill');
    expect(fillsOf(figma, id)).toHaveLength(1);
    expect(fillsOf(figma, id)[0]?.['imageHash']).not.toBe(figma.photo);
  });

  it('puts a new layer beside the old one, above it in the order', async () => {
    const { figma, id } = await page();
    await figma.apply(id, 'new-layer');
    const { scene } = figma.host;
    expect(names(figma, scene.page)).toEqual(['below', 'Photo', 'Photo cut-out', 'above']);
    const copy = scene.childrenOf(scene.page)[2]!;
    const [old, beside] = [scene.absoluteBounds(id), scene.absoluteBounds(copy)];
    expect(beside.x).toBeCloseTo(old.x + old.width + 24);
    expect(beside.y).toBeCloseTo(old.y);
  });

  it('puts a new layer of an instance’s child outside of the instance, where the child is', async () => {
    const figma = await openFigma();
    const instance = figma.add('INSTANCE', { box: [200, 100, 160, 160] });
    const inside = figma.add('RECTANGLE', {
      parent: instance,
      id: `I${instance};1:1`,
      props: { fills: imageFill(figma.photo) },
    });
    await figma.start();
    await figma.apply(inside, 'new-layer', { place: 'above' });
    const { scene } = figma.host;
    const copy = scene.childrenOf(scene.page)[1]!;
    expect(scene.absoluteBounds(copy)).toEqual(scene.absoluteBounds(inside));
  });

  it('masks with an outline that lies in the layer’s own space', async () => {
    const { figma, id } = await page();
    await figma.apply(id, 'vector-outline');
    const { scene } = figma.host;
    const mask = scene.childrenOf(scene.childrenOf(scene.page)[1]!)[0]!;
    expect(scene.get(mask)).toMatchObject({
      type: 'VECTOR',
      width: 80,
      height: 60,
      props: { isMask: true, maskType: 'VECTOR' },
    });
    expect(scene.get(mask).relativeTransform).toEqual(TURNED);
  });

  it('tells why a layer could not be done, and does the others', async () => {
    const { figma, id } = await page();
    const instance = figma.add('INSTANCE');
    const inside = figma.add('RECTANGLE', {
      parent: instance,
      id: `I${instance};1:1`,
      props: { name: 'In', fills: imageFill(figma.photo) },
    });
    const report = await figma.main.apply({
      pictures: [{ bytes: await png(80, 60), scale: 1 }],
      results: [
        { id: inside, layer: 'In', output: 'mask-group', picture: 0 },
        { id: '9:999', output: 'mask-group', picture: 0, layer: 'Gone' },
        { id, layer: 'Photo', output: 'mask-group', picture: 0 },
      ],
    });
    expect(report.done).toBe(1);
    expect(Object.fromEntries(report.problems.map(({ layer, text }) => [layer, text]))).toEqual({
      Gone: 'It was deleted meanwhile.',
      In: expect.stringContaining('inside an instance'),
    });
  });

  it('says what an empty outline, a missing picture and an empty layer are, and leaves the layer alone', async () => {
    const { figma, id } = await page();
    const before = figma.tree();
    const outcomes = [
      { id, layer: 'Photo', output: 'vector-outline', outline: '' },
      { id, layer: 'Photo', output: 'fill-stack' },
    ] as const;
    const { done, problems } = await figma.main.apply({ pictures: [], results: outcomes });
    expect(done).toBe(0);
    expect(problems.map(({ text }) => text)).toEqual([
      'The outline is empty.',
      'No picture was made for it.',
    ]);
    expect(figma.tree()).toEqual(before);
    const nothing = figma.add('FRAME', { box: [0, 0, 0.5, 0.5] });
    await expect(figma.main.renderLayer(nothing)).rejects.toThrow('There is nothing in it to be seen.');
    await expect(figma.main.renderLayer('9:999')).rejects.toThrow('It was deleted meanwhile.');
    await expect(figma.main.imageBytes('none')).rejects.toThrow('missing from this file');
  });
});

describe('undo and restore', () => {
  const OUTPUTS: readonly Output[] = [
    'mask-group',
    'fill-stack',
    'replace-fill',
    'vector-outline',
    'new-layer',
  ];

  it.each(OUTPUTS)('%s is one step back', async (output) => {
    const { figma, id } = await page();
    const before = figma.tree();
    const { steps } = figma.host.history;
    await figma.apply(id, output);
    expect(figma.host.history.steps).toBe(steps + 1);
    figma.host.undo();
    expect(figma.tree()).toEqual(before);
  });

  it.each(OUTPUTS)('restore after %s brings back every property', async (output) => {
    const { figma, id } = await page();
    const before = figma.tree();
    await figma.apply(id, output);
    const { steps } = figma.host.history;
    await figma.host.run('restore');
    await ended(figma);
    expect(figma.tree()).toEqual(before);
    expect(figma.host.history.steps).toBe(steps + 1);
    expect(figma.host.running).toBe(false);
  });

  it('a second cut takes the place of the first', async () => {
    const { figma, id } = await page();
    await figma.apply(id, 'mask-group');
    await figma.apply(id, 'fill-stack');
    await figma.apply(id, 'mask-group');
    const { scene } = figma.host;
    expect(names(figma, scene.page)).toEqual(['below', 'Photo cut-out', 'above']);
    expect(fillsOf(figma, id)).toHaveLength(1);
    expect(scene.childrenOf(scene.childrenOf(scene.page)[1]!)).toHaveLength(2);
  });

  it('knows its work again in a copy, whose ids are new', async () => {
    const { figma, id } = await page();
    await figma.apply(id, 'fill-stack');
    const { scene } = figma.host;
    const copy = figma.add('RECTANGLE');
    const { props, pluginData } = scene.get(id);
    scene.update(copy, { props, pluginData });
    figma.host.selection = [copy];
    await figma.host.run('restore');
    await ended(figma);
    expect(fillsOf(figma, copy)).toHaveLength(1);
    expect(fillsOf(figma, copy)[0]).toMatchObject({ imageHash: figma.photo, visible: true });
  });

  it('says so when there is nothing to restore', async () => {
    const { figma } = await page();
    await figma.host.run('restore');
    await ended(figma);
    expect(figma.host.notices.at(-1)?.message).toBe('Nothing in the selection was cut by Cutkit.');
  });

  it('remembers settings, and takes none that make no sense', async () => {
    const { figma } = await page();
    figma.host.storage.set('settings', { output: 'nonsense', sizes: { panel: [1, 'x'] } });
    await figma.start();
    const { settings } = await figma.main.opening();
    expect(settings).toEqual({
      output: 'auto',
      decontaminate: true,
      sizes: { panel: [340, 320], editor: [880, 620] },
    });
    await figma.main.saveSettings({ ...settings, output: 'fill-stack' });
    await figma.start();
    expect((await figma.main.opening()).settings.output).toBe('fill-stack');
  });
});
