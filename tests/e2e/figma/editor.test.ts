import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM } from '../support/chromium.js';
import { type EditorPage, openStudio, type Studio } from './support.js';

/** The picture on the stage. */
const stageOf = (frame: Frame) => frame.getByRole('application');
const press = (frame: Frame, name: string) => frame.getByRole('button', { name, exact: true }).click();

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong in a frame. */
async function faultsOf(frame: Frame): Promise<string[]> {
  await frame.evaluate(AXE);
  return frame.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}

describe.runIf(CHROMIUM)('The editor in the Figma host', { timeout: 300_000 }, () => {
  let studio: Studio;

  beforeAll(async () => {
    studio = await openStudio();
  });
  afterAll(() => studio?.close());

  async function start(command: string, name: string): Promise<{ editor: EditorPage; frame: Frame }> {
    const editor = await studio.open();
    await editor.select(name);
    await editor.run(command);
    const frame = await editor.frame();
    await frame.waitForSelector('[role=application][aria-busy=false]');
    return { editor, frame };
  }

  it('cuts by the mouse: hover, click, brush, undo, redo, edges, apply, all in one step', async () => {
    const { editor, frame } = await start('segment', 'Photo');
    const steps = await editor.steps();
    const box = (await stageOf(frame).boundingBox())!;
    const [x, y] = [box.x + box.width * 0.47, box.y + box.height * 0.5];
    await editor.page.mouse.move(x, y);
    await editor.page.mouse.click(x, y);
    await frame.getByRole('radio', { name: /^1: / }).waitFor();
    expect(await frame.getByRole('radio').count()).toBe(3);
    await frame.getByRole('radio', { name: /^2: / }).check();
    await press(frame, 'Undo');
    expect(await frame.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true);
    await press(frame, 'Redo');
    await press(frame, 'Brush to restore');
    await editor.page.mouse.move(x, y);
    await editor.page.mouse.down();
    await editor.page.mouse.move(x + 40, y + 20, { steps: 4 });
    await editor.page.mouse.up();
    await frame.getByRole('slider', { name: 'Feather' }).fill('2');
    await frame.getByRole('combobox', { name: 'Result' }).selectOption('fill-stack');
    await press(frame, 'Apply');
    await editor.ended();
    expect(await editor.notices()).toEqual(['Cut out.']);
    expect(await editor.steps()).toBe(steps + 1);
    expect(editor.requests).toEqual([]);
    await editor.close();
  });

  it('cuts what is in a box, and corrects it by a click', async () => {
    const { editor, frame } = await start('segment', 'Photo');
    await press(frame, 'Drag a box');
    const box = (await stageOf(frame).boundingBox())!;
    const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
    await editor.page.mouse.move(...at(0.36, 0.08));
    await editor.page.mouse.down();
    await editor.page.mouse.move(...at(0.58, 0.4), { steps: 4 });
    await editor.page.mouse.up();
    const apply = frame.getByRole('button', { name: 'Apply' });
    await frame.getByRole('button', { name: 'Apply', disabled: false }).waitFor();
    await press(frame, 'Click to remove');
    await editor.page.mouse.click(...at(0.95, 0.9));
    await frame.getByRole('button', { name: 'Apply', disabled: false }).waitFor();
    await press(frame, 'Undo');
    await press(frame, 'Undo');
    expect(await apply.isDisabled()).toBe(true);
    await press(frame, 'Redo');
    await frame.getByRole('button', { name: 'Apply', disabled: false }).waitFor();
    await press(frame, 'Apply');
    await editor.ended();
    expect(await editor.notices()).toEqual(['Cut out.']);
    expect(editor.requests).toEqual([]);
    await editor.close();
  });

  it('cuts by the keyboard alone', async () => {
    const { editor, frame } = await start('segment', 'Cropped');
    await stageOf(frame).focus();
    const key = (name: string) => editor.page.keyboard.press(name);
    await key('ArrowRight');
    await key('ArrowLeft');
    await key('Enter');
    await frame.getByRole('radio', { name: /^1: / }).waitFor();
    await key('c');
    expect(await frame.getByRole('radio', { name: /^2: / }).isChecked()).toBe(true);
    await key('Shift+ArrowUp');
    await key('Alt+Enter');
    await key('Control+z');
    await key('p');
    expect(await frame.getByRole('button', { name: 'Brush to restore' }).getAttribute('aria-pressed')).toBe(
      'true',
    );
    await key(']');
    await key('Enter');
    await frame.getByRole('button', { name: 'Apply', disabled: false }).waitFor();
    await key('Control+Enter');
    await editor.ended();
    expect(await editor.layers()).toContain('Cropped cut-out');
    await editor.close();
  });

  it('refines what was cut before, and leaves by Escape without a trace', async () => {
    const { editor, frame } = await start('segment', 'Photo');
    await press(frame, 'Brush to restore');
    const box = (await stageOf(frame).boundingBox())!;
    await editor.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await frame.getByRole('button', { name: 'Apply', disabled: false }).waitFor();
    await press(frame, 'Apply');
    await editor.ended();
    const before = await editor.snapshot();
    await editor.select('Photo');
    await editor.run('refine');
    const again = await editor.frame();
    await again.getByRole('button', { name: 'Apply', disabled: false }).waitFor();
    await stageOf(again).focus();
    // Not awaited: the window that would acknowledge the key is gone by then.
    void editor.page.keyboard.press('Escape').catch(() => {});
    await editor.ended();
    expect(await editor.snapshot()).toBe(before);
    await editor.close();
  });

  it('finds everything, picks several, and makes a layer of each', async () => {
    const { editor, frame } = await start('everything', 'Photo');
    const steps = await editor.steps();
    await frame.getByRole('combobox', { name: 'Preset' }).selectOption('quick');
    await frame.getByText('Adjust').click();
    await frame.getByRole('slider', { name: 'Least quality' }).fill('0');
    await frame.getByRole('slider', { name: 'Least stability' }).fill('0');
    await frame.getByRole('slider', { name: 'Points per side' }).fill('4');
    await press(frame, 'Find everything');
    await frame.getByRole('group', { name: /picked/ }).waitFor();
    const masks = frame.getByRole('checkbox', { name: /^Mask / });
    const picked = Math.min(2, await masks.count());
    expect(picked).toBeGreaterThan(0);
    for (let i = 0; i < picked; i++) await masks.nth(i).check();
    await frame.getByRole('button', { name: 'Apply', disabled: false }).waitFor();
    await press(frame, 'Apply');
    await editor.ended();
    const made = (await editor.layers()).filter((name) => name.startsWith('Photo part'));
    expect(made).toHaveLength(picked);
    expect(await editor.steps()).toBe(steps + 1);
    expect(editor.requests).toEqual([]);
    await editor.close();
  });

  it.each(['light', 'dark'] as const)(
    'has no fault that axe finds, in the %s theme, with larger text',
    async (theme) => {
      for (const command of ['remove', 'segment', 'everything']) {
        const editor = await studio.open({ theme });
        await editor.select(...(command === 'remove' ? [] : ['Photo']));
        await editor.run(command);
        const frame = await editor.frame();
        if (command !== 'remove') await frame.waitForSelector('[role=application][aria-busy=false]');
        await frame.evaluate(() => {
          document.documentElement.style.fontSize = '13.75px';
        });
        expect(await faultsOf(frame), command).toEqual([]);
        const overflows = await frame.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        expect(overflows).toBe(false);
        await editor.close();
      }
    },
  );
});
