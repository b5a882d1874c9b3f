import { existsSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { cutkit } from '../support/cutkit.js';
import { useScratch } from '../support/scratch.js';

const scratch = useScratch();
const GOLDENS = new URL('../../../../shared/goldens/automask.json', import.meta.url);
const run = (...args: string[]) => cutkit(args, { cwd: scratch() });

/** Four squares of grey 40, 90, 140 and 190 on black. */
async function writeScene(): Promise<void> {
  const data = new Uint8Array(120 * 120);
  [40, 90, 140, 190].forEach((value, i) => {
    const [x0, y0] = [10 + (i % 2) * 60, 10 + Math.floor(i / 2) * 60];
    for (let y = y0; y < y0 + 40; y++) data.fill(value, y * 120 + x0, y * 120 + x0 + 40);
  });
  await sharp(data, { raw: { width: 120, height: 120, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toFile(scratch('scene.png'));
}

describe('cutkit automask', () => {
  it('prints official records', async () => {
    await writeScene();
    const { code, stdout } = await run(
      'automask',
      'scene.png',
      '--stub',
      '--pred-iou-thresh',
      '0.6',
      '--quiet',
    );
    expect(code).toBe(0);
    const records = JSON.parse(stdout.toString());
    expect(records.length).toBeGreaterThanOrEqual(4);
    expect(Object.keys(records[0])).toEqual([
      'segmentation',
      'area',
      'bbox',
      'predicted_iou',
      'point_coords',
      'stability_score',
      'crop_box',
    ]);
    expect(records[0].segmentation).toEqual({ size: [120, 120], counts: expect.any(String) });
  });

  it('writes a COCO data set, an index PNG and an overlay', async () => {
    await writeScene();
    const args = ['automask', 'scene.png', '--stub', '--pred-iou-thresh', '0.6'];
    await run(...args, '--format', 'coco', '-o', 'coco.json', '--overlay', 'seen.png');
    const coco = JSON.parse(await readFile(scratch('coco.json'), 'utf8'));
    expect(coco.images).toEqual([{ id: 1, file_name: 'scene.png', width: 120, height: 120 }]);
    expect(coco.annotations[0]).toMatchObject({ image_id: 1, category_id: 1, iscrowd: 0 });
    expect((await sharp(scratch('seen.png')).metadata()).width).toBe(120);
    await run(...args, '--format', 'png', '-o', 'index.png');
    const index = await sharp(scratch('index.png')).raw().toBuffer();
    expect(new Set(index).size).toBeGreaterThanOrEqual(5);
  });

  it('draws outlines, ids and a legend', async () => {
    await writeScene();
    const { code } = await run(
      ...['automask', 'scene.png', '--stub', '--pred-iou-thresh', '0.6', '-o', 'a.json'],
      ...['--overlay', 'seen.png', '--outlines', '--ids', '--legend'],
    );
    expect(code).toBe(0);
    expect((await sharp(scratch('seen.png')).metadata()).width).toBeGreaterThan(150);
  });

  it.each([
    [['--ids'], 'no overlay to draw on'],
    [['--pred-iou-thresh', '1.5'], 'predIouThresh is 1.5'],
    [['--points-per-side', '8', '--point-grids', 'grid.json'], 'Exactly one of'],
    [['--point-per-side', '8'], 'Did you mean --points-per-side?'],
  ])('refuses %j', async (args, text) => {
    await writeScene();
    await writeFile(scratch('grid.json'), '[[[0.5,0.5]]]');
    const { code, stderr } = await run('automask', 'scene.png', '--stub', ...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(text)]);
  });

  describe.runIf(existsSync(GOLDENS))('against the official generator', () => {
    const scenes = existsSync(GOLDENS)
      ? JSON.parse(readFileSync(GOLDENS, 'utf8').replaceAll(':NaN', ':null')).scenes
      : [];
    it.each([0, 1, 2])('gives the same run lengths for scene %i', async (number) => {
      const scene = scenes[number];
      await writeFile(scratch('scene.png'), Buffer.from(scene.png, 'base64'));
      for (const { params, records } of scene.cases.slice(0, 5)) {
        const args = Object.entries(params).flatMap(([name, value]) => [
          `--${name.replaceAll('_', '-')}`,
          String(value),
        ]);
        const { stdout } = await run('automask', 'scene.png', '--stub', '--quiet', ...args);
        const found = JSON.parse(stdout.toString());
        expect(found.map((one: { bbox: number[] }) => one.bbox)).toEqual(
          records.map((one: { bbox: number[] }) => one.bbox),
        );
        expect(found.map((one: { segmentation: { counts: string } }) => one.segmentation.counts)).toEqual(
          records.map((one: { counts: string }) => one.counts),
        );
      }
    });
  });
});
