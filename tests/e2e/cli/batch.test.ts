import { copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { cutkit, ended, PHOTO, start } from '../support/cutkit.js';
import { useScratch } from '../support/scratch.js';

const scratch = useScratch();
const COUNT = 12;
const ARGS = ['remove', 'in', '-o', 'out', '--jobs', '1'];
const results = async () =>
  (await readdir(scratch('out')).catch(() => [])).filter((name) => name.endsWith('.png'));

async function fillInputs(): Promise<void> {
  await mkdir(scratch('in'));
  for (let i = 0; i < COUNT; i++) await copyFile(PHOTO, scratch(`in/${i}.jpg`));
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}

describe('a batch', () => {
  it('goes on where a kill stopped it, and what it left is whole', async () => {
    await fillInputs();
    const child = start(ARGS, { cwd: scratch() });
    await until(async () => (await results()).length >= 3);
    child.kill('SIGKILL');
    await ended(child);
    const left = await results();
    expect(left.length).toBeLessThan(COUNT);
    for (const name of left) await sharp(scratch('out', name)).raw().toBuffer();

    const { code, stderr } = await cutkit(ARGS, { cwd: scratch() });
    expect(code).toBe(0);
    const [, done, skipped] = /(\d+) done, 0 failed, (\d+) already done/.exec(stderr) ?? [];
    expect(Number(done) + Number(skipped)).toBe(COUNT);
    expect(Number(skipped)).toBeGreaterThanOrEqual(2);
    expect(await results()).toHaveLength(COUNT);
  });

  it('stops cleanly at Ctrl-C with code 130', async () => {
    await fillInputs();
    const child = start(ARGS, { cwd: scratch() });
    const run = ended(child);
    await until(async () => (await results()).length >= 2);
    child.kill('SIGINT');
    const { code, stderr } = await run;
    expect([code, stderr]).toEqual([130, expect.stringContaining('run the same command again to go on')]);
    const names = await readdir(scratch('out'));
    expect(names.filter((name) => !/^(\d+\.png|\.cutkit-batch\.jsonl)$/.test(name))).toEqual([]);
  });

  it('goes on after an input that fails, and names it', async () => {
    await mkdir(scratch('in'));
    await copyFile(PHOTO, scratch('in/a.jpg'));
    await writeFile(scratch('in/b.jpg'), 'no picture');
    await copyFile(PHOTO, scratch('in/c.jpg'));
    const { code, stderr } = await cutkit(ARGS, { cwd: scratch() });
    expect([code, await results()]).toEqual([1, ['a.png', 'c.png']]);
    expect(stderr).toMatch(/in\/b\.jpg: NOT_AN_IMAGE .*docs\/errors\/NOT_AN_IMAGE\.md/);
    expect(stderr).toContain('2 done, 1 failed');
  });

  it('leaves alone a result that was edited by hand', async () => {
    await mkdir(scratch('in'));
    await copyFile(PHOTO, scratch('in/a.jpg'));
    await cutkit(ARGS, { cwd: scratch() });
    await writeFile(scratch('out/a.png'), 'retouched');
    const { code, stderr } = await cutkit([...ARGS, '--bg', 'red'], { cwd: scratch() });
    expect([code, stderr]).toEqual([1, expect.stringContaining('OUTPUT_EXISTS')]);
    expect(await readFile(scratch('out/a.png'), 'utf8')).toBe('retouched');
  });

  it('watches a directory and cuts what appears in it', async () => {
    await mkdir(scratch('in'));
    await copyFile(PHOTO, scratch('in/a.jpg'));
    const child = start([...ARGS, '--watch'], { cwd: scratch() });
    const run = ended(child);
    await until(async () => (await results()).includes('a.png'));
    // The watcher starts when the first pass is through; a file that came before it would be missed by both.
    await sleep(1500);
    await copyFile(PHOTO, scratch('in/b.jpg'));
    await until(async () => (await results()).includes('b.png'));
    child.kill('SIGINT');
    expect((await run).code).toBe(0);
    expect((await stat(scratch('out/b.png'))).size).toBeGreaterThan(1000);
  });
});
