import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { axeViolations } from '../support/axe.js';
import { cocoOfMany, folderOf, PHOTO } from '../support/fixtures.js';
import { Workbench } from '../support/workbench.js';

const IMAGES = 20_000;
/** The one image without a file. */
const MISSING = 4242;
const name = (i: number) => `${String(i).padStart(5, '0')}.jpg`;
const SIZE = { width: 120, height: 90 };

describe.runIf(inject('vscode'))('the gallery', () => {
  let workbench: Workbench;
  let fixture: string;
  let page: Frame;
  const patient = { timeout: 90_000, interval: 200 };
  const total = () => page.locator('.total').textContent();
  const names = () => page.locator('.cell .name').allTextContents();
  /** Cells whose thumbnail is drawn: not all of its pixels are transparent. */
  const drawn = () =>
    page.evaluate(
      () =>
        [...document.querySelectorAll('canvas')].filter((canvas) =>
          canvas
            .getContext('2d')!
            .getImageData(0, 0, canvas.width, canvas.height)
            .data.some((value) => value !== 0),
        ).length,
    );

  beforeAll(async () => {
    const small = await sharp(PHOTO).resize(SIZE.width, SIZE.height, { fit: 'fill' }).jpeg().toBuffer();
    fixture = await folderOf({ 'first.jpg': small });
    workbench = await Workbench.open(inject('vscode'), fixture, async (folder) => {
      await mkdir(join(folder, 'images'));
      for (let i = 0; i < IMAGES; i++)
        if (i !== MISSING) await link(join(folder, 'first.jpg'), join(folder, 'images', name(i)));
      await writeFile(join(folder, 'instances.json'), cocoOfMany(IMAGES, name, SIZE));
    });
    await workbench.start('cutkit.gallery', '.');
    page = await workbench.frame('#root[data-state="ready"] .grid');
  });

  afterAll(async () => {
    await workbench?.close();
    await rm(fixture, { recursive: true, force: true });
  });

  it('shows twenty thousand images by a few dozen cells', async () => {
    expect(await total()).toBe('20,001 images');
    await expect.poll(drawn, patient).toBeGreaterThan(8);
    expect(await page.locator('.cell').count()).toBeLessThan(100);
    expect(await page.locator('.cell').first().getAttribute('aria-label')).toBe(
      'images/00000.jpg, 1 instance',
    );
  });

  it('scrolls through all of it with few requests at a time, and draws where it stops', async () => {
    await page.evaluate(async () => {
      performance.clearResourceTimings();
      performance.setResourceTimingBufferSize(5000);
      const grid = document.querySelector('.grid')!;
      for (let i = 1; i <= 40; i++) {
        grid.scrollTop = (grid.scrollHeight * i) / 40;
        await new Promise(requestAnimationFrame);
      }
    });
    await expect.poll(async () => (await names()).includes('images/19999.jpg'), patient).toBe(true);
    await expect
      .poll(async () => (await drawn()) === (await page.locator('.cell').count()), patient)
      .toBe(true);
    const atOnce = await page.evaluate(() => {
      const all = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      const loads = all.filter(({ name }) => name.includes('.jpg'));
      const during = (at: number) =>
        loads.filter(({ startTime, responseEnd }) => startTime <= at && at < responseEnd).length;
      return Math.max(...loads.map(({ startTime }) => during(startTime)));
    });
    expect(atOnce).toBeGreaterThan(0);
    expect(atOnce).toBeLessThanOrEqual(8);
  });

  it('filters by name, by class, by what is not labelled and by problems', async () => {
    await page.locator('.search').fill('0123');
    await expect.poll(total, patient).toBe('12 images');
    await page.locator('.search').fill('');
    await page.locator('select.class').selectOption({ label: 'ball' });
    await expect.poll(total, patient).toBe('5,000 images');
    await page.locator('select.class').selectOption({ label: 'All classes' });
    await page.locator('select.state').selectOption({ label: 'Without instances' });
    await expect.poll(total, patient).toBe('2,000 images');
    await page.locator('select.state').selectOption({ label: 'Not in the annotations' });
    await expect.poll(names, patient).toEqual(['first.jpg']);
    await page.locator('select.state').selectOption({ label: 'With problems' });
    await expect.poll(names, patient).toEqual([`images/${name(MISSING)}`]);
    expect(await total()).toBe('1 image');
    await page.locator('select.state').selectOption({ label: 'All images' });
    await expect.poll(total, patient).toBe('20,001 images');
  });

  it('is walked by keyboard, and opens an image beside it', async () => {
    const grid = page.locator('.grid');
    await grid.focus();
    await grid.press('End');
    await expect.poll(names, patient).toContain('images/19999.jpg');
    await grid.press('Home');
    await grid.press('ArrowRight');
    await grid.press('Enter');
    const editor = await workbench.editor('00001.jpg');
    expect(await editor.locator('.instances li').count()).toBe(1);
  });

  it('counts and plots', async () => {
    await page.getByRole('button', { name: 'Statistics' }).click();
    await page.locator('.statistics').waitFor();
    const text = await page.locator('.statistics').textContent();
    expect(text).toContain('13,000 in 13,000 images');
    expect(text).toContain('5,000 in 5,000 images');
  });

  it('follows what changes in its folder, filtered as it was and where it was', async () => {
    await page.getByRole('button', { name: 'Statistics' }).click();
    await page.locator('select.class').selectOption({ label: 'ball' });
    await expect.poll(total, patient).toBe('5,000 images');
    const labels = () =>
      page.locator('.cell').evaluateAll((cells) => cells.map((cell) => cell.getAttribute('aria-label')));
    await expect.poll(labels, patient).toContain('images/00001.jpg, 1 instance');
    const file = join(workbench.folder, 'instances.json');
    const coco = JSON.parse(await readFile(file, 'utf8'));
    const [, ball] = coco.annotations;
    coco.annotations.push({ ...ball, id: 999_999 }, { ...ball, id: 1_000_000, image_id: IMAGES });
    await writeFile(file, JSON.stringify(coco));
    await expect.poll(total, patient).toBe('5,001 images');
    await expect.poll(labels, patient).toContain('images/00001.jpg, 2 instances');
    await page.locator('select.class').selectOption({ label: 'All classes' });
    await expect.poll(total, patient).toBe('20,001 images');
    await page.locator('.grid').press('End');
    await expect.poll(names, patient).toContain('images/19999.jpg');
    const place = () => page.locator('.grid').evaluate(({ scrollTop }) => scrollTop);
    const before = await place();
    await link(join(workbench.folder, 'first.jpg'), join(workbench.folder, 'second.jpg'));
    await expect.poll(total, patient).toBe('20,002 images');
    expect(await place()).toBe(before);
  });

  it('has no accessibility violations', async () => {
    await page.locator('.cell').first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });
});
