import { readFile, rm } from 'node:fs/promises';
import type { Frame } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { cocoOf, folderOf, labelmeOf, maskPngOf, PHOTO, yoloOf } from '../support/fixtures.js';
import { Workbench } from '../support/workbench.js';

/** How many pixels of the overlay have each colour, `r,g,b`. */
async function colours(editor: Frame): Promise<Record<string, number>> {
  return editor.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.fill');
    const { data } = canvas!.getContext('2d')!.getImageData(0, 0, canvas!.width, canvas!.height);
    const found: Record<string, number> = {};
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] === 0) continue;
      const colour = `${data[i]},${data[i + 1]},${data[i + 2]}`;
      found[colour] = (found[colour] ?? 0) + 1;
    }
    return found;
  });
}

describe.runIf(inject('vscode'))('the preview', () => {
  let workbench: Workbench;
  let fixture: string;

  beforeAll(async () => {
    const { width, height } = await sharp(await readFile(PHOTO)).metadata();
    fixture = await folderOf({
      'coco/photo.jpg': PHOTO,
      'coco/instances.json': cocoOf(width, height),
      'labelme/other.jpg': PHOTO,
      'labelme/other.json': labelmeOf('other.jpg', width, height),
      'yolo/data.yaml': 'path: .\ntrain: images\nnames:\n  0: cat\n  1: ball\n',
      'yolo/images/third.jpg': PHOTO,
      'yolo/labels/third.txt': yoloOf(width, height),
      'png/images/fourth.jpg': PHOTO,
      'png/masks/fourth.png': await maskPngOf(width, height),
      'none/alone.jpg': PHOTO,
    });
    workbench = await Workbench.open(inject('vscode'), fixture);
  });

  afterAll(async () => {
    await workbench?.close();
    await rm(fixture, { recursive: true, force: true });
  });

  it('draws COCO polygons and run lengths, pixel for pixel', async () => {
    const editor = await workbench.open('coco/photo.jpg', 'cutkit.preview');
    const found = Object.values(await colours(editor)).sort((a, b) => a - b);
    // A rectangle and a triangle of one class; a disc and a bar of the other.
    expect(found).toEqual([35_000, 101_753 + 106_800]);
    expect(await editor.locator('.instances li').count()).toBe(3);
    expect(await editor.locator('.found .format').textContent()).toBe('COCO');
  });

  it.each([
    ['labelme/other.jpg', 'LabelMe'],
    ['yolo/images/third.jpg', 'YOLO'],
    ['png/images/fourth.jpg', 'Mask PNG'],
  ])('draws %s', async (file, format) => {
    const editor = await workbench.open(file, 'cutkit.preview');
    const found = Object.values(await colours(editor));
    expect(found).toEqual([200 * 150]);
    expect(await editor.locator('.found .format').textContent()).toBe(format);
  });

  it('says what it looked for where it found nothing', async () => {
    const editor = await workbench.open('none/alone.jpg', 'cutkit.preview');
    expect(await editor.locator('.found').textContent()).toContain('No annotations were found');
    expect(await editor.locator('.sentences li').count()).toBeGreaterThan(0);
  });

  it('hides a class, hides all, and changes opacity without painting anew', async () => {
    const editor = await workbench.open('coco/photo.jpg', 'cutkit.preview');
    await editor.locator('.classes li').first().locator('.icon-button').click();
    expect(Object.values(await colours(editor))).toEqual([101_753 + 106_800]);
    await editor.locator('.stage').press('h');
    expect(await colours(editor)).toEqual({});
    await editor.locator('.stage').press('h');
    await editor.locator('.opacity').fill('20');
    expect(await editor.locator('.masks').evaluate((masks) => getComputedStyle(masks).opacity)).toBe('0.2');
  });
});
