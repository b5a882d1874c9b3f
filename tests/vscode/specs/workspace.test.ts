import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { cocoOf, folderOf, labelmeOf, PHOTO } from '../support/fixtures.js';
import { Workbench } from '../support/workbench.js';

const WORKSPACE = 'several.code-workspace';

/**
 * A workspace of three folders: two of this machine, one of a file system that only the workbench can read. Beside the workspace's
 * own file, above all folders, and in the first of them lie annotations that list every picture's name.
 */
describe.runIf(inject('vscode'))('in a workspace of several folders', () => {
  let workbench: Workbench;
  let fixture: string;
  const patient = { timeout: 90_000, interval: 200 };
  const at = (path: string) => join(workbench.folder, path);
  const text = (path: string) => readFile(at(path), 'utf8').catch(() => '');
  const source = (editor: Frame) => editor.locator('.found .link').textContent();

  beforeAll(async () => {
    const { width, height } = await sharp(await readFile(PHOTO)).metadata();
    const coco = cocoOf(width, height);
    fixture = await folderOf({
      'instances.json': coco,
      'one/instances.json': coco,
      'two/instances.json': coco,
      'two/images/photo.jpg': PHOTO,
      'three/images/photo.jpg': PHOTO,
      'virtual/instances.json': coco,
      'virtual/images/photo.jpg': PHOTO,
      'virtual/plain/fresh.jpg': PHOTO,
      'virtual/plain/other.json': labelmeOf('other.jpg', width, height),
    });
    const describe = async (folder: string) => {
      const folders = [
        { path: 'one' },
        { path: 'two' },
        { path: 'three' },
        { uri: `mirror:${folder}/virtual`, name: 'virtual' },
      ];
      await writeFile(join(folder, WORKSPACE), JSON.stringify({ folders }));
    };
    workbench = await Workbench.open(inject('vscode'), fixture, describe, WORKSPACE);
  });

  afterAll(async () => {
    await workbench?.close();
    await rm(fixture, { recursive: true, force: true });
  });

  /** Clicks the middle of the picture and saves. */
  async function clickAndSave(editor: Frame): Promise<void> {
    const count = await editor.locator('.instances li').count();
    const box = (await editor.locator('.stage').boundingBox())!;
    await workbench.page.mouse.click(box.x + box.width * 0.5, box.y + box.height * 0.5);
    await expect.poll(() => editor.locator('.instances li').count(), patient).toBe(count + 1);
    await workbench.command('workbench.action.files.save');
  }

  it('has these folders', async () => {
    const schemes = await workbench.run<string[]>(
      'return vscode.workspace.workspaceFolders.map(({ uri }) => uri.scheme)',
    );
    expect(schemes).toEqual([...Array(3).fill(schemes[0]), 'mirror']);
  });

  it('finds, and changes, the annotations of the folder that the picture is in', async () => {
    const others = await Promise.all(['instances.json', 'one/instances.json'].map(text));
    const editor = await workbench.open('two/images/photo.jpg', 'cutkit.annotate');
    expect(await source(editor)).toMatch(/^two.instances\.json$/);
    await clickAndSave(editor);
    await expect
      .poll(async () => JSON.parse(await text('two/instances.json')).annotations, patient)
      .toHaveLength(4);
    expect(await Promise.all(['instances.json', 'one/instances.json'].map(text))).toEqual(others);
    await workbench.command('workbench.action.closeActiveEditor');
  });

  it('looks no farther than that folder', async () => {
    const editor = await workbench.open('three/images/photo.jpg', 'cutkit.preview');
    expect(await editor.locator('.found').textContent()).toContain('No annotations were found');
    await workbench.command('workbench.action.closeActiveEditor');
  });

  it('finds, and changes, those of a folder that only the workbench can read', async () => {
    const editor = await workbench.open('virtual/images/photo.jpg', 'cutkit.annotate', 'mirror');
    expect(await source(editor)).toMatch(/^virtual.instances\.json$/);
    await clickAndSave(editor);
    await expect
      .poll(async () => JSON.parse(await text('virtual/instances.json')).annotations, patient)
      .toHaveLength(4);
    await workbench.command('workbench.action.closeActiveEditor');
  });

  it('writes new annotations beside a picture of such a folder', async () => {
    const editor = await workbench.open('virtual/plain/fresh.jpg', 'cutkit.annotate', 'mirror');
    await clickAndSave(editor);
    await expect.poll(() => text('virtual/plain/fresh.json'), patient).toContain('"shapes"');
  });
});
