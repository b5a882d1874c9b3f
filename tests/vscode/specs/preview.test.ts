import { readFile, rm } from 'node:fs/promises';
import type { Frame } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  cocoOf,
  folderOf,
  labelmeOf,
  maskPngOf,
  PHOTO,
  panopticOf,
  sa1bOf,
  vocOf,
  yoloOf,
} from '../support/fixtures.js';
import { Workbench } from '../support/workbench.js';

/** Pixels of the overlay of one colour: how many, and the box around them, `[x0, y0, x1, y1]`. */
interface Region {
  readonly count: number;
  readonly box: readonly number[];
}

/** How many pixels of the overlay have each colour, `r,g,b`. */
async function colours(editor: Frame): Promise<Record<string, number>> {
  const found = await regions(editor);
  return Object.fromEntries(Object.entries(found).map(([colour, { count }]) => [colour, count]));
}

/** What the overlay shows, by colour: where the count fills the box, a region is that rectangle to the pixel. */
async function regions(editor: Frame): Promise<Record<string, Region>> {
  return editor.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.fill');
    const { width, height } = canvas!;
    const { data } = canvas!.getContext('2d')!.getImageData(0, 0, width, height);
    const found: Record<string, { count: number; box: number[] }> = {};
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] === 0) continue;
      const colour = `${data[i]},${data[i + 1]},${data[i + 2]}`;
      const [x, y] = [(i / 4) % width, Math.floor(i / 4 / width)];
      const { count, box } = found[colour] ?? { count: 0, box: [width, height, 0, 0] };
      const [x0, y0, x1, y1] = box as [number, number, number, number];
      found[colour] = {
        count: count + 1,
        box: [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x + 1), Math.max(y1, y + 1)],
      };
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
      'voc/JPEGImages/fifth.jpg': PHOTO,
      'voc/Annotations/fifth.xml': vocOf(width, height),
      'voc/SegmentationObject/fifth.png': await maskPngOf(width, height, 1),
      'panoptic/sixth.jpg': PHOTO,
      'panoptic/panoptic.json': panopticOf('sixth', width, height),
      'panoptic/panoptic/sixth.png': await maskPngOf(width, height, 9, 3),
      'city/leftImg8bit/val/ulm/ulm_1_leftImg8bit.png': await sharp(PHOTO).png().toBuffer(),
      'city/gtFine/val/ulm/ulm_1_gtFine_labelIds.png': await maskPngOf(width, height, 7),
      'sa1b/seventh.jpg': PHOTO,
      'sa1b/seventh.json': sa1bOf('seventh.jpg', width, height),
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
    ['voc/JPEGImages/fifth.jpg', 'Pascal VOC'],
    ['panoptic/sixth.jpg', 'COCO panoptic'],
    ['city/leftImg8bit/val/ulm/ulm_1_leftImg8bit.png', 'Cityscapes'],
    ['sa1b/seventh.jpg', 'SA-1B'],
  ])('draws %s, pixel for pixel', async (file, format) => {
    const editor = await workbench.open(file, 'cutkit.preview');
    const found = Object.values(await regions(editor));
    expect(found).toEqual([{ count: 200 * 150, box: [100, 100, 300, 250] }]);
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
