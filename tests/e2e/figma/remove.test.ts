import { readFileSync } from 'node:fs';
import { openRemover, removeBackground } from '@cutkit/core/node';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM } from '../support/chromium.js';
import { PHOTO } from '../support/cutkit.js';
import { type EditorPage, openStudio, type Studio } from './support.js';

/** One layer of each kind, and the result that suits it. */
const KINDS = [
  'Photo',
  'Cropped',
  'Rotated',
  'Fitted',
  'Tiled',
  'Avatar',
  'Hero',
  'Lettering',
  'Badge',
  'Card 1',
  'Tile component',
  'Picture in instance',
  'Section',
  'In the group',
  'Star',
];

describe.runIf(CHROMIUM)('Remove background in the Figma host', { timeout: 300_000 }, () => {
  let studio: Studio;
  let cutout: Uint8Array;

  beforeAll(async () => {
    studio = await openStudio();
    const remover = await openRemover({ backend: 'wasm', threads: 1 });
    cutout = (await removeBackground(PHOTO, { remover, decontaminate: false })).bytes;
    await remover.dispose();
  }, 120_000);
  afterAll(() => studio?.close());

  describe('every kind of layer at once', () => {
    let editor: EditorPage;
    let before: string;
    let steps: number;

    beforeAll(async () => {
      editor = await studio.open();
      before = await editor.snapshot();
      steps = await editor.steps();
      await editor.select(...KINDS);
      await editor.run('remove');
      await editor.ended();
    }, 180_000);
    afterAll(() => editor?.close());

    it.each(KINDS)('%s looks as the exact cut-out would, to 2/255', async (name) => {
      expect(await editor.difference(name, cutout)).toBeLessThanOrEqual(2);
    });

    it('chose masks where groups are possible, fill stacks elsewhere', async () => {
      const layers = await editor.layers();
      for (const name of ['Photo', 'Cropped', 'Rotated', 'Fitted', 'Tiled', 'Avatar', 'Badge', 'Star'])
        expect(layers).toContain(`${name} cut-out`);
      expect(layers).toContain('  In the group cut-out');
      for (const name of ['Hero', 'Lettering', 'Card 1', 'Picture in instance', 'Section'])
        expect(layers.join()).not.toContain(`${name} cut-out`);
    });

    it('sent nothing anywhere', () => {
      expect(editor.requests).toEqual([]);
    });

    it('is one step back, and one forth', async () => {
      expect(await editor.steps()).toBe(steps + 1);
      const after = await editor.snapshot();
      await editor.undo();
      expect(await editor.snapshot()).toBe(before);
      await editor.redo();
      expect(await editor.snapshot()).toBe(after);
    });

    it('restores everything exactly', async () => {
      await editor.select(...KINDS);
      await editor.run('restore');
      await editor.ended();
      const nodes = (text: string) => new Map(JSON.parse(text) as [string, object][]);
      const [old, now] = [nodes(before), nodes(await editor.snapshot())];
      expect([...now.keys()].sort()).toEqual([...old.keys()].sort());
      for (const [id, record] of old) expect(now.get(id)).toEqual(record);
    });
  });

  it.each(['figma', 'strict'] as const)(
    'works under the %s policy, however the window is delivered',
    async (csp) => {
      for (const delivery of ['srcdoc', 'data-shell'] as const) {
        const editor = await studio.open({ csp, delivery });
        await editor.select('Photo');
        await editor.run('remove');
        await editor.ended();
        expect(await editor.notices()).toEqual(['1 background removed.']);
        expect(editor.requests).toEqual([]);
        await editor.close();
      }
    },
  );

  it('computes a picture once: forty layers with ten pictures, one step', async () => {
    const editor = await studio.open({ empty: '' });
    for (let i = 0; i < 10; i++) {
      const bytes = await sharp(PHOTO)
        .resize(240, 180)
        .modulate({ hue: i * 36 })
        .png()
        .toBuffer();
      const hash = await editor.addImage(bytes);
      const fills = [{ type: 'IMAGE', scaleMode: 'FILL', imageHash: hash }];
      for (let k = 0; k < 4; k++) await editor.add('RECTANGLE', `Layer ${i}-${k}`, { fills });
    }
    const steps = await editor.steps();
    await editor.select(...Array.from({ length: 40 }, (_, i) => `Layer ${Math.floor(i / 4)}-${i % 4}`));
    await editor.run('remove');
    await editor.ended();
    expect((await editor.layers()).filter((name) => name.endsWith('cut-out'))).toHaveLength(40);
    expect(await editor.steps()).toBe(steps + 1);
    const stored = await editor.page.evaluate(() => {
      const { scene } = window.figmaHost.host;
      const masks = [...scene.snapshot().values()].filter(({ props }) => props['isMask'] === true);
      return new Set(masks.map(({ props }) => (props['fills'] as { imageHash: string }[])[0]!.imageHash))
        .size;
    });
    expect(stored).toBe(10);
    await editor.close();
  });

  it('leaves the file as it was when it is cancelled', async () => {
    const editor = await studio.open();
    const names = Array.from({ length: 16 }, (_, i) => `Shot ${i}`);
    for (const [i, name] of names.entries()) {
      const bytes = await sharp(readFileSync(PHOTO))
        .resize(600 + 10 * i)
        .jpeg()
        .toBuffer();
      const imageHash = await editor.addImage(bytes);
      await editor.add('RECTANGLE', name, { fills: [{ type: 'IMAGE', scaleMode: 'FILL', imageHash }] });
    }
    const before = await editor.snapshot();
    const steps = await editor.steps();
    await editor.select(...names);
    await editor.run('remove');
    const frame = await editor.frame();
    // After the first is done; the second alone may have gone by between two looks.
    await frame.getByText(/Picture ([2-9]|1\d) of 16/).waitFor();
    // At once: a click by the mouse waits until the page is still, and pictures go by meanwhile.
    await frame.getByRole('button', { name: 'Cancel' }).dispatchEvent('click');
    await frame.getByRole('button', { name: 'Remove background' }).waitFor();
    expect(await editor.snapshot()).toBe(before);
    expect(await editor.steps()).toBe(steps);
    await editor.close();
  });
});
