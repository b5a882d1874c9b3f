import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { cutkit, PHOTO } from '../support/cutkit.js';
import { useScratch } from '../support/scratch.js';

const scratch = useScratch();
/** The sample's width, and how much of it a pixel of the network's frame is: prompts count from the middle of the first one. */
const WIDTH = 1200;
const PIXEL = WIDTH / 512;
const run = (...args: string[]) => cutkit(args, { cwd: scratch() });

describe('cutkit segment', () => {
  it('writes a mask of the picture, and prints it with its scores', async () => {
    const { width = 0, height = 0 } = await sharp(PHOTO).metadata();
    const click = `${Math.round(width / 2)},${Math.round(height / 2)}`;
    const { code, stdout } = await run('segment', PHOTO, '--point', click, '-o', 'mask.png', '--json');
    expect(code).toBe(0);
    const report = JSON.parse(stdout.toString());
    expect(report).toMatchObject({ width, height, masks: [{ predicted_iou: expect.any(Number) }] });
    const { data, info } = await sharp(scratch('mask.png'))
      .extractChannel(0)
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([width, height]);
    expect(data.reduce((sum, value) => sum + (value === 255 ? 1 : 0), 0)).toBe(report.masks[0].area);
  });

  it('gives three candidates, best first, and refines a mask', async () => {
    const { stdout } = await run(
      'segment',
      PHOTO,
      '--box',
      '50,40,300,260',
      '--multimask',
      '-o',
      'm.png',
      '--json',
    );
    const scores = JSON.parse(stdout.toString()).masks.map(
      (one: { predicted_iou: number }) => one.predicted_iou,
    );
    expect(scores).toHaveLength(3);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    const again = await run(
      'segment',
      PHOTO,
      '--point',
      '150,150',
      '--mask-input',
      'm.2.png',
      '--overlay',
      'o.png',
    );
    expect(again.code).toBe(0);
    expect((await readFile(scratch('o.png'))).length).toBeGreaterThan(1000);
  });

  it('looks closely at a box unless told not to', async () => {
    const mask = async (...options: string[]) => {
      const { stdout } = await run('segment', PHOTO, '--box', '60,40,140,120', '--json', ...options);
      return JSON.parse(stdout.toString()).masks;
    };
    const close = await mask();
    expect(await mask('--close-up')).toEqual(close);
    expect(await mask('--no-close-up')).not.toEqual(close);
  });

  it('answers about a picture and its mirror image alike with --flip', async () => {
    await sharp(PHOTO).png().toFile(scratch('a.png'));
    await sharp(PHOTO).flop().png().toFile(scratch('b.png'));
    const box = { a: '300,200,900,800', b: `${WIDTH - PIXEL - 900},200,${WIDTH - PIXEL - 300},800` };
    const apart = async (...options: string[]) => {
      for (const name of ['a', 'b'] as const) {
        const out = ['-o', `${name}.mask.png`, '--force', '--no-close-up', ...options];
        await run('segment', `${name}.png`, '--box', box[name], ...out);
      }
      const [a, b] = await Promise.all([
        sharp(scratch('a.mask.png')).raw().toBuffer(),
        sharp(scratch('b.mask.png')).flop().raw().toBuffer(),
      ]);
      return a.filter((value, i) => value !== b[i]).length / a.length;
    };
    expect(await apart()).toBeGreaterThan(0.001);
    expect(await apart('--flip')).toBeLessThan(0.0001);
  });

  it('answers many prompts from a file, and goes on after one that fails', async () => {
    await copyFile(PHOTO, scratch('a.jpg'));
    const prompts = [
      { image: 'a.jpg', points: [[150, 150]] },
      { image: 'gone.jpg', points: [[1, 1]] },
      { image: 'a.jpg', box: [50, 40, 300, 260] },
    ];
    await writeFile(scratch('prompts.json'), JSON.stringify(prompts));
    const { code, stdout, stderr } = await run(
      'segment',
      '--from-json',
      'prompts.json',
      '-o',
      'masks',
      '--json',
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/gone\.jpg: INPUT_NOT_FOUND[\s\S]*2 done, 1 failed/);
    expect(JSON.parse(stdout.toString()).map((one: { image: string }) => one.image)).toEqual([
      'a.jpg',
      'a.jpg',
    ]);
    expect((await readdir(scratch('masks'))).sort()).toEqual(['1-a.mask.png', '3-a.mask.png']);
  });

  it('writes soft edges, and a cut-out with colours of its own', async () => {
    const box = ['--box', '50,40,300,260'];
    await run('segment', PHOTO, ...box, '-o', 'hard.png');
    const { code } = await run(
      'segment',
      PHOTO,
      ...box,
      '--soft',
      '--radius',
      '6',
      '-o',
      'soft.png',
      '--cutout',
      'cut.png',
    );
    expect(code).toBe(0);
    const grey = (name: string) => sharp(scratch(name)).extractChannel(0).raw().toBuffer();
    const [hard, soft] = [await grey('hard.png'), await grey('soft.png')];
    expect(new Set(hard)).toEqual(new Set([0, 255]));
    expect(new Set(soft).size).toBeGreaterThan(50);
    const cut = await sharp(scratch('cut.png')).extractChannel(3).raw().toBuffer();
    expect(cut.equals(soft)).toBe(true);
  });

  it('names what is wrong in a file of prompts', async () => {
    await writeFile(scratch('prompts.json'), '[{"image":"a.jpg","points":[[1]]}]');
    const { code, stderr } = await run('segment', '--from-json', 'prompts.json', '--json');
    expect([code, stderr]).toEqual([2, expect.stringContaining('Entry 1 of prompts.json')]);
  });

  it.each([
    [['--json'], 'The prompt says nothing'],
    [['--point', '99999,5', '--json'], 'is not in the image'],
    [['--point', 'a,b', '--json'], 'x,y'],
    [['--point', '5,5,2', '--json'], 'The label is 1'],
    [['--box', '50,50,40,60', '--json'], 'empty or inverted'],
    [['--point', '5,5'], 'Nothing would be written'],
    [['--point', '5,5', '--radius', '5', '--json'], 'Give --soft too'],
    [['--point', '5,5', '--close-up', '--json'], 'Give --box too'],
    [['--point', '5,5', '--soft', '--radius', '0', '--json'], 'greater than 0'],
    [['--point', '5,5', '--model', 'unet-cutout', '--json'], 'removes backgrounds'],
    [['--point', '5,5', '--mask-input', 'small.png', '--json'], 'but the image'],
  ])('refuses %j', async (args, text) => {
    await sharp({ create: { width: 8, height: 8, channels: 3, background: 'white' } })
      .png()
      .toFile(scratch('small.png'));
    const { code, stderr } = await run('segment', PHOTO, ...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(text)]);
  });
});
