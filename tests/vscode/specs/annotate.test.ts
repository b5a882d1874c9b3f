import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { axeViolations } from '../support/axe.js';
import { cocoOf, folderOf, PHOTO } from '../support/fixtures.js';
import { Workbench } from '../support/workbench.js';

describe.runIf(inject('vscode'))('annotating', () => {
  let workbench: Workbench;
  let fixture: string;
  let editor: Frame;
  let before: string;
  const json = () => readFile(join(workbench.folder, 'instances.json'), 'utf8');
  const count = () => editor.locator('.instances li').count();
  const until = (wanted: number) => expect.poll(count, { timeout: 60_000, interval: 200 }).toBe(wanted);
  /** Waits until the document has taken a change in: pixels are on the screen before. */
  const taken = (label: string) =>
    expect
      .poll(() => editor.locator('[role=log]').textContent(), { timeout: 60_000, interval: 100 })
      .toContain(label);
  const dirty = () => workbench.tabs().then((tabs) => tabs.some((tab) => tab.startsWith('●')));

  beforeAll(async () => {
    const { width, height } = await sharp(await readFile(PHOTO)).metadata();
    fixture = await folderOf({
      'photo.jpg': PHOTO,
      'instances.json': cocoOf(width, height),
      'new/fresh.jpg': PHOTO,
    });
    workbench = await Workbench.open(inject('vscode'), fixture);
    editor = await workbench.open('photo.jpg', 'cutkit.annotate');
    before = await json();
  });

  afterAll(async () => {
    await workbench?.close();
    await rm(fixture, { recursive: true, force: true });
  });

  it('segments what is clicked at once, before the network is ready; nothing is written before a save', async () => {
    const box = (await editor.locator('.stage').boundingBox())!;
    await workbench.page.mouse.click(box.x + box.width * 0.5, box.y + box.height * 0.5);
    await until(4);
    await taken('Add');
    expect(await workbench.notifications()).toEqual([]);
    expect(await dirty()).toBe(true);
    expect(await json()).toBe(before);
  });

  it('refines by a second click on the same instance', async () => {
    const area = () => editor.locator('.instances li.current .facts').textContent();
    const first = await area();
    const box = (await editor.locator('.stage').boundingBox())!;
    await workbench.page.mouse.click(box.x + box.width * 0.62, box.y + box.height * 0.4);
    await expect.poll(area, { timeout: 60_000 }).not.toBe(first);
    await taken('Refine by click');
    expect(await count()).toBe(4);
    await workbench.command('undo');
    await expect.poll(area).toBe(first);
  });

  it('undoes to clean, and redoes to dirty', async () => {
    await workbench.command('undo');
    await until(3);
    expect(await dirty()).toBe(false);
    await workbench.command('redo');
    await until(4);
    expect(await dirty()).toBe(true);
  });

  it('survives a reload of the window with what was not saved', async () => {
    // The backup is written some time after the change.
    await workbench.page.waitForTimeout(3000);
    await workbench.reload();
    editor = await workbench.editor('photo.jpg');
    await until(4);
    expect(await dirty()).toBe(true);
    expect(await json()).toBe(before);
  });

  it('saves one more annotation and touches nothing else of the file', async () => {
    await workbench.command('workbench.action.files.save');
    await expect.poll(json, { timeout: 20_000 }).not.toBe(before);
    const after = await json();
    expect(JSON.parse(after).annotations).toHaveLength(4);
    for (const line of before.split('\n').slice(0, -4)) expect(after).toContain(line);
    expect(await dirty()).toBe(false);
    before = after;
  });

  it('saves a click that the network still works on', async () => {
    const box = (await editor.locator('.stage').boundingBox())!;
    await workbench.page.mouse.click(box.x + box.width * 0.3, box.y + box.height * 0.6);
    await workbench.command('workbench.action.files.save');
    expect(JSON.parse(await json()).annotations).toHaveLength(5);
    await until(5);
    expect(await dirty()).toBe(false);
    await editor.locator('.stage').press('Delete');
    await until(4);
    await workbench.command('workbench.action.files.save');
    expect(JSON.parse(await json()).annotations).toHaveLength(4);
  });

  it('never takes its own saves for those of another program, however fast they follow', async () => {
    for (let turn = 0; turn < 12; turn++) {
      await workbench.command(turn % 2 === 0 ? 'undo' : 'redo');
      await workbench.command('workbench.action.files.save');
      // About as long as the editor waits before it looks at a file that changed.
      await workbench.page.waitForTimeout(240 + 20 * (turn % 5));
    }
    await until(4);
    expect(await dirty()).toBe(false);
    expect(await workbench.notifications()).toEqual([]);
  });

  it('segments in a box, looked at closely, and refines it by a click', async () => {
    const box = (await editor.locator('.stage').boundingBox())!;
    const { mouse } = workbench.page;
    const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
    await editor.locator('.stage').press('n');
    await mouse.move(...at(0.42, 0.4));
    await mouse.down();
    await mouse.move(...at(0.6, 0.7), { steps: 5 });
    await mouse.up();
    await until(5);
    const area = () => editor.locator('.instances li.current .facts').textContent();
    const first = await area();
    await mouse.click(...at(0.44, 0.43));
    await expect.poll(area, { timeout: 60_000 }).not.toBe(first);
    expect(await count()).toBe(5);
    expect(await workbench.notifications()).toEqual([]);
    await workbench.command('workbench.action.files.revert');
    await until(4);
  });

  it('works by keyboard alone: a class, a polygon, deletion', async () => {
    const stage = editor.locator('.stage');
    await stage.focus();
    for (const key of [
      '2',
      'g',
      'Space',
      'ArrowRight',
      'Shift+ArrowRight',
      'Space',
      'Shift+ArrowDown',
      'Space',
      'Enter',
    ]) {
      await stage.press(key);
    }
    await until(5);
    expect(await editor.locator('.instances li.current .name').textContent()).toBe('ball');
    await stage.press('Delete');
    await until(4);
    expect(await dirty()).toBe(true);
  });

  it('paints and erases with the brush', async () => {
    const stage = editor.locator('.stage');
    await stage.press('Escape');
    await stage.press('p');
    const box = (await stage.boundingBox())!;
    const { mouse } = workbench.page;
    await mouse.move(box.x + 200, box.y + 300);
    await mouse.down();
    await mouse.move(box.x + 260, box.y + 320, { steps: 6 });
    await mouse.up();
    await until(5);
    const listed = () => editor.locator('.instances').textContent();
    const painted = await listed();
    await stage.press('e');
    await mouse.move(box.x + 180, box.y + 290);
    await mouse.down();
    await mouse.move(box.x + 290, box.y + 330, { steps: 12 });
    await mouse.up();
    await expect.poll(listed, { timeout: 20_000 }).not.toBe(painted);
    await taken('Erase');
  });

  it('reverts to what the file says', async () => {
    await workbench.command('workbench.action.files.revert');
    await until(4);
    await expect.poll(dirty, { timeout: 20_000 }).toBe(false);
  });

  it('reads a change from outside at once while clean', async () => {
    const changed = JSON.parse(await json());
    changed.annotations.pop();
    await writeFile(join(workbench.folder, 'instances.json'), JSON.stringify(changed, null, 1));
    await until(3);
  });

  it('asks before anyone’s work is lost when the file changes under unsaved edits', async () => {
    await editor.locator('.instances li').first().click();
    await editor.locator('.stage').press('Delete');
    await until(2);
    const changed = JSON.parse(await json());
    changed.annotations[0].iscrowd = 1;
    changed.annotations.pop();
    await writeFile(join(workbench.folder, 'instances.json'), JSON.stringify(changed, null, 1));
    await expect
      .poll(async () => (await workbench.notifications()).join(' '), { timeout: 20_000 })
      .toContain('changed by another program');
    expect(await count()).toBe(2);
    await workbench.page.getByRole('button', { name: 'Load Theirs' }).click();
    await expect.poll(dirty, { timeout: 20_000 }).toBe(false);
    await until(2);
  });

  it('writes LabelMe beside an image that has no annotations', async () => {
    editor = await workbench.open('new/fresh.jpg', 'cutkit.annotate');
    await until(0);
    const stage = editor.locator('.stage');
    for (const key of ['g', 'Space', 'Shift+ArrowRight', 'Space', 'Shift+ArrowDown', 'Space', 'Enter']) {
      await stage.press(key);
    }
    await until(1);
    await workbench.command('workbench.action.files.save');
    const written = () => readFile(join(workbench.folder, 'new/fresh.json'), 'utf8').catch(() => '');
    await expect.poll(written, { timeout: 20_000 }).toContain('"shapes"');
    expect(JSON.parse(await written()).shapes[0].label).toBe('object');
  });

  it('has no accessibility violations', async () => {
    expect(await axeViolations(editor)).toEqual([]);
  });
});
