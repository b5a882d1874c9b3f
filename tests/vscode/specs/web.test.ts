import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { cocoOf, folderOf, labelmeOf, PHOTO } from '../support/fixtures.js';
import { Workbench } from '../support/workbench.js';

/** The extension in the web worker that hosts extensions in browsers, on files that only the workbench can read. */
describe.runIf(inject('vscode'))('in a browser without a host', () => {
  let workbench: Workbench;
  let fixture: string;
  let editor: Frame;
  const patient = { timeout: 90_000, interval: 200 };
  const json = () => readFile(join(workbench.folder, 'coco/instances.json'), 'utf8');
  const count = () => editor.locator('.instances li').count();

  beforeAll(async () => {
    const { width, height } = await sharp(await readFile(PHOTO)).metadata();
    fixture = await folderOf({
      'coco/photo.jpg': PHOTO,
      'coco/instances.json': cocoOf(width, height),
      'labelme/other.jpg': PHOTO,
      'labelme/other.json': labelmeOf('other.jpg', width, height),
      '.vscode/settings.json': JSON.stringify({
        'remote.extensionKind': { 'cutkit.cutkit-vscode': ['web'] },
      }),
    });
    workbench = await Workbench.open(inject('vscode'), fixture);
  });

  afterAll(async () => {
    await workbench?.close();
    await rm(fixture, { recursive: true, force: true });
  });

  it('is not in the host that has Node', async () => {
    const ids = await workbench.run<string[]>('return vscode.extensions.all.map(({ id }) => id)');
    expect(ids).toContain('cutkit.cutkit-test-driver');
    expect(ids).not.toContain('cutkit.cutkit-vscode');
  });

  it('shows the masks of a picture of a virtual file system', async () => {
    editor = await workbench.open('labelme/other.jpg', 'cutkit.preview', 'mirror');
    expect(await count()).toBe(1);
    expect(await editor.locator('.found .format').textContent()).toBe('LabelMe');
  });

  it('segments what is clicked in the page itself, and saves through the workbench', async () => {
    const before = await json();
    editor = await workbench.open('coco/photo.jpg', 'cutkit.annotate', 'mirror');
    const box = (await editor.locator('.stage').boundingBox())!;
    await workbench.page.mouse.click(box.x + box.width * 0.5, box.y + box.height * 0.5);
    await expect.poll(count, patient).toBe(4);
    // The mask is on the screen before the document has it.
    await expect.poll(() => editor.locator('[role=log]').textContent(), patient).toContain('Add');
    expect(await json()).toBe(before);
    await workbench.command('workbench.action.files.save');
    await expect.poll(json, patient).not.toBe(before);
    expect(JSON.parse(await json()).annotations).toHaveLength(4);
  });

  it('refuses a file that it would have to hold whole, with the cure, and shows the rest', async () => {
    const big = await open(join(workbench.folder, 'labelme/big.json'), 'w');
    await big.truncate(300 * 2 ** 20);
    await big.close();
    const preview = await workbench.open('labelme/other.jpg', 'cutkit.preview', 'mirror');
    expect(await preview.locator('.instances li').count()).toBe(1);
    await workbench.start('cutkit.lint', 'labelme', 'mirror');
    const said = async () => (await workbench.notifications()).join(' ');
    await expect.poll(said, patient).toContain('big.json has 300 MB');
    expect(await said()).toContain('Open its folder in VS Code on a desktop');
  });

  it('lists the pictures of a virtual folder in the gallery', async () => {
    await workbench.start('cutkit.gallery', 'coco', 'mirror');
    const gallery = await workbench.frame('#root[data-state="ready"] .grid');
    await expect.poll(() => gallery.locator('.cell .name').allTextContents(), patient).toEqual(['photo.jpg']);
  });
});
