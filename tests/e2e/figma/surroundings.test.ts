import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM } from '../support/chromium.js';
import { PHOTO } from '../support/cutkit.js';
import { adobeRgb } from './adobe-rgb.js';
import { openStudio, type Studio } from './support.js';

/** How the workers that a page starts begin their addresses. */
function workersOf(page: {
  on(event: 'worker', hear: (worker: { url(): string }) => void): unknown;
}): string[] {
  const kinds: string[] = [];
  page.on('worker', (worker) => kinds.push(worker.url().split(':')[0]!));
  return kinds;
}

describe.runIf(CHROMIUM)('The plugin in less kind surroundings', { timeout: 300_000 }, () => {
  let studio: Studio;
  let adobe: string;

  beforeAll(async () => {
    studio = await openStudio();
    adobe = join(mkdtempSync(join(tmpdir(), 'cutkit-figma-')), 'adobe-rgb.icc');
    writeFileSync(adobe, adobeRgb());
  });
  afterAll(async () => {
    rmSync(dirname(adobe), { recursive: true });
    await studio?.close();
  });

  it.each([
    ['figma', ['blob']],
    ['data-worker', ['data']],
    ['no-worker', []],
  ] as const)('cuts under the policy %s, in workers %j', async (csp, expected) => {
    const editor = await studio.open({ csp });
    const workers = workersOf(editor.page);
    await editor.select('Photo');
    await editor.run('remove');
    await editor.ended();
    expect(await editor.notices()).toEqual(['1 background removed.']);
    expect(await editor.layers()).toContain('Photo cut-out');
    expect(workers.filter((kind) => kind !== 'blob' || csp === 'figma')).toEqual(expected);
    expect(editor.requests).toEqual([]);
    await editor.close();
  });

  it('answers clicks inside the window where no worker can be had', async () => {
    const editor = await studio.open({ csp: 'no-worker' });
    await editor.select('Photo');
    await editor.run('segment');
    const frame = await editor.frame();
    await frame.waitForSelector('[role=application][aria-busy=false]');
    await frame.getByRole('application').focus();
    await editor.page.keyboard.press('Enter');
    await frame.getByRole('radio', { name: /^1: / }).waitFor();
    await editor.page.keyboard.press('Control+Enter');
    await editor.ended();
    expect(await editor.notices()).toEqual(['Cut out.']);
    await editor.close();
  });

  it('lets go of its worker when nothing happens, and starts another when it is needed', async () => {
    const editor = await studio.open();
    await editor.page.clock.install();
    await editor.select('Photo', 'Locked');
    await editor.run('remove');
    const frame = await editor.frame();
    await frame.getByRole('region', { name: 'Not cut' }).waitFor();
    expect(editor.page.workers()).toHaveLength(1);
    const gone = editor.page.workers()[0]!.waitForEvent('close');
    await editor.page.clock.fastForward(31_000);
    await gone;
    expect(editor.page.workers()).toHaveLength(0);
    await frame.getByRole('button', { name: 'Remove background' }).click();
    // What was made is selected now, and nothing is left to say of it.
    await editor.ended();
    expect(await editor.notices()).toEqual(['1 background removed.']);
    await editor.close();
  });

  it.each([
    ['jpeg', 'Display P3'],
    ['png', 'Display P3'],
    ['jpeg', 'Adobe RGB'],
    ['png', 'Adobe RGB'],
  ] as const)('changes no colour of a %s in %s', async (kind, space) => {
    const profile = space === 'Display P3' ? 'p3' : adobe;
    const editor = await studio.open({ empty: '' });
    const file = await sharp(readFileSync(PHOTO))
      .resize(400, 300)
      .modulate({ saturation: 1.6 })
      .withIccProfile(profile)
      .toFormat(kind)
      .toBuffer();
    const imageHash = await editor.addImage(file);
    await editor.add('RECTANGLE', 'Wide', { fills: [{ type: 'IMAGE', scaleMode: 'FILL', imageHash }] });
    await editor.select('Wide');
    await editor.run('remove', { output: 'fill-stack' });
    await editor.ended();
    const cutout = await editor.shown('Wide');
    expect((await sharp(cutout).metadata()).icc).toEqual((await sharp(file).metadata()).icc);
    const [before, after] = await Promise.all(
      [file, cutout].map((bytes) => sharp(bytes).ensureAlpha().raw({ depth: 'uchar' }).toBuffer()),
    );
    let [kept, most] = [0, 0];
    for (let i = 0; i < after!.length; i += 4) {
      if (after![i + 3] !== 255) continue;
      kept++;
      for (let c = 0; c < 3; c++) most = Math.max(most, Math.abs(after![i + c]! - before![i + c]!));
    }
    expect(kept).toBeGreaterThan(1000);
    // A JPEG's own values are decoded alike but for rounding.
    expect(most).toBeLessThanOrEqual(kind === 'png' ? 0 : 4);
    await editor.close();
  });
});
