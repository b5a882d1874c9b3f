import { readFile, rm } from 'node:fs/promises';
import sharp from 'sharp';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { cocoOf, folderOf, PHOTO } from '../support/fixtures.js';
import { Workbench } from '../support/workbench.js';

describe.runIf(inject('vscode'))('the preview', () => {
  let workbench: Workbench;
  let fixture: string;
  let editor: Frame;

  beforeAll(async () => {
    const { width, height } = await sharp(await readFile(PHOTO)).metadata();
    fixture = await folderOf({ 'photo.jpg': PHOTO, 'instances.json': cocoOf(width, height) });
    workbench = await Workbench.open(fixture);
    editor = await workbench.open('photo.jpg', 'cutkit.preview');
  }, 120_000);

  afterAll(async () => {
    await workbench?.close();
    await rm(fixture, { recursive: true, force: true });
  });

  it('lists the instances', async () => {
    await workbench.page.waitForTimeout(3000);
    await workbench.page.screenshot({ path: '/tmp/shots/preview.png' });
    expect(await editor.locator('.instances li').count()).toBe(3);
  });
});
