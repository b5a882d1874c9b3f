import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { cutkit, PHOTO } from '../support/cutkit.js';
import { useScratch } from '../support/scratch.js';

const scratch = useScratch();
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

  it.each([
    [['--json'], 'The prompt says nothing'],
    [['--point', '99999,5', '--json'], 'is not in the image'],
    [['--point', 'a,b', '--json'], 'x,y'],
    [['--point', '5,5,2', '--json'], 'The label is 1'],
    [['--box', '50,50,40,60', '--json'], 'empty or inverted'],
    [['--point', '5,5'], 'Nothing would be written'],
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
