import { readFileSync } from 'node:fs';
import type { Frame } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM } from '../support/chromium.js';
import { PHOTO } from '../support/cutkit.js';
import { openStudio, type Studio } from './support.js';

const fillOf = (imageHash: string) => ({ fills: [{ type: 'IMAGE', scaleMode: 'FILL', imageHash }] });
const photo = (width: number, height: number) =>
  sharp(readFileSync(PHOTO)).resize(width, height, { fit: 'fill' });
const wordsOf = async (frame: Frame) => (await frame.getByRole('main').textContent()) ?? '';

describe.runIf(CHROMIUM)('Failures in the Figma host', { timeout: 300_000 }, () => {
  let studio: Studio;

  beforeAll(async () => {
    studio = await openStudio();
  });
  afterAll(() => studio?.close());

  it('names each layer with its reason and cure', async () => {
    const editor = await studio.open();
    const add = async (name: string, bytes: Uint8Array) =>
      editor.add('RECTANGLE', name, fillOf(await editor.addImage(bytes)));
    const flat = await sharp({ create: { width: 60, height: 60, channels: 3, background: '#7788aa' } })
      .png()
      .toBuffer();
    await add('Moving', await photo(200, 150).gif().toBuffer());
    await add('Plain wall', flat);
    await add(
      'Broken',
      Uint8Array.from(flat, (byte, i) => (i < 40 ? byte : 0)),
    );
    const offline = await editor.addImage(await photo(120, 90).png().toBuffer());
    await editor.add('RECTANGLE', 'Offline', fillOf(offline));
    await editor.page.evaluate((hash) => window.figmaHost.host.images.lose(hash), offline);
    await editor.select('Locked', 'Lost picture', 'Offline', 'Moving', 'Plain wall', 'Broken', 'Photo');
    await editor.run('remove');
    const frame = await editor.frame();
    await frame.getByRole('region', { name: 'Not cut' }).waitFor();
    const text = await wordsOf(frame);
    expect(text).toContain('Locked It is locked. Unlock it and run again.');
    expect(text).toContain('Lost picture Its picture is missing from this file. Place it again.');
    expect(text).toContain('Offline Its picture could not be loaded. Check the connection and run again.');
    expect(text).toContain('Moving Of the GIF, the first frame was cut.');
    expect(text).toMatch(/Broken The browser cannot decode this .*Convert it to JPEG, PNG or WebP/);
    expect(text).toMatch(/Plain wall (Nothing stands out|The subject is not clear)/);
    expect(await editor.layers()).toContain('Photo cut-out');
    await editor.close();
  });

  it.each(['mask-group', 'fill-stack'] as const)(
    'cuts a picture of more than 4096 pixels into a %s of 4096, and says so',
    async (output) => {
      const editor = await studio.open({ empty: '' });
      const imageHash = await editor.addImage(await photo(5000, 800).jpeg().toBuffer());
      await editor.add('RECTANGLE', 'Panorama', fillOf(imageHash));
      await editor.select('Panorama');
      await editor.run('remove', { output });
      const frame = await editor.frame();
      await frame.getByRole('region', { name: 'Worth a look' }).waitFor();
      expect(await wordsOf(frame)).toContain(
        'Panorama It is over 4096 pixels; its mask is a little coarser.',
      );
      const made = await editor.shown(output === 'mask-group' ? 'Cut-out mask' : 'Panorama');
      expect(await sharp(made).metadata()).toMatchObject({ width: 4096, height: 655 });
      await editor.close();
    },
  );

  it('leaves out a layer that is deleted meanwhile, and one that cannot have the result', async () => {
    const editor = await studio.open();
    const hash = await editor.addImage(await photo(320, 240).png().toBuffer());
    await editor.add('RECTANGLE', 'Fleeting', fillOf(hash));
    await editor.select('Fleeting', 'Picture in instance', 'Photo');
    await editor.run('remove', { output: 'mask-group' });
    const frame = await editor.frame();
    await frame.getByText('Picture 1 of 2').waitFor();
    await editor.remove('Fleeting');
    await frame.getByRole('region', { name: 'Not cut' }).waitFor();
    const text = await wordsOf(frame);
    expect(text).toContain('1 layer cut out.');
    expect(text).toContain('Fleeting It was deleted meanwhile.');
    expect(text).toContain(
      'Picture in instance “Mask group” is not possible here: layers inside an instance cannot be grouped. Choose “Auto”.',
    );
    await editor.close();
  });

  it('waits for a selection, and runs on what is selected then', async () => {
    const editor = await studio.open();
    await editor.select();
    await editor.run('remove');
    const frame = await editor.frame();
    const button = frame.getByRole('button', { name: 'Remove background' });
    expect(await wordsOf(frame)).toContain('Select one or more layers');
    expect(await button.isDisabled()).toBe(true);
    await editor.select('Photo');
    await frame.getByText('1 layer to cut.').waitFor();
    await button.click();
    await editor.ended();
    expect(await editor.layers()).toContain('Photo cut-out');
    await editor.close();
  });

  it.each([
    ['Lost picture', 'Its picture is missing from this file. Place it again.'],
    ['Locked', 'Locked: It is locked. Unlock it and run again.'],
    [undefined, 'Select a layer with a picture.'],
  ] as const)('opens no editor for layer %s, and says why', async (name, words) => {
    const editor = await studio.open();
    await editor.select(...(name ? [name] : []));
    await editor.run('segment');
    const frame = await editor.frame();
    await frame.getByText(words, { exact: true }).waitFor();
    expect(await frame.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true);
    await editor.select('Photo');
    await frame.waitForSelector('[role=application][aria-busy=false]');
    await editor.close();
  });

  it('keeps an edit whose layer is deleted meanwhile', async () => {
    const editor = await studio.open();
    await editor.select('Photo');
    await editor.run('segment');
    const frame = await editor.frame();
    const stage = frame.getByRole('application');
    await frame.waitForSelector('[role=application][aria-busy=false]');
    await stage.focus();
    await editor.page.keyboard.press('Enter');
    await frame.getByRole('radio', { name: /^1: / }).waitFor();
    await editor.remove('Photo');
    const before = await editor.snapshot();
    await frame.getByRole('button', { name: 'Apply', disabled: false }).click();
    await frame.getByText('Photo: It was deleted meanwhile.').waitFor();
    expect(await editor.snapshot()).toBe(before);
    expect(await frame.getByRole('radio').count()).toBe(3);
    await editor.close();
  });

  it('ends with a word where there is nothing to restore, and where nothing may be changed', async () => {
    const editor = await studio.open();
    await editor.select('Photo');
    await editor.run('restore');
    await editor.ended();
    expect(await editor.notices()).toEqual(['Nothing in the selection was cut by Cutkit.']);
    await editor.close();
    const viewer = await studio.open({ editor: 'dev' });
    await viewer.select('Photo');
    await viewer.run('remove');
    await viewer.ended();
    expect(await viewer.notices()).toEqual(['Dev Mode is read-only. Switch to Design and run again.']);
    await viewer.close();
  });
});
