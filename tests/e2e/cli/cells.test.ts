import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { cutkit } from '../support/cutkit.js';
import { useScratch } from '../support/scratch.js';

const scratch = useScratch();
const run = (...args: string[]) => cutkit(args, { cwd: scratch() });
const PLACES = [
  [40, 40],
  [110, 60],
  [70, 120],
  [150, 140],
] as const;

/** Bright discs with soft edges on a dark ground, as a fluorescence microscope shows nuclei. */
async function nuclei(): Promise<Buffer> {
  const discs = PLACES.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="14" fill="#b8b8b8"/>`).join('');
  const svg = `<svg width="192" height="192"><rect width="192" height="192" fill="#101010"/>${discs}</svg>`;
  return sharp(Buffer.from(svg)).blur(1.2).removeAlpha().png().toBuffer();
}

describe('cutkit cells', () => {
  let picture: Buffer;
  beforeAll(async () => {
    picture = await nuclei();
  });

  it('counts cells and gives each its box and mask', async () => {
    await sharp(picture).toFile(scratch('cells.png'));
    const { code, stdout, stderr } = await run('cells', 'cells.png', '--overlay', 'seen.png');
    expect(code).toBe(0);
    expect(stderr).toContain('4 cells');
    const { width, height, cells } = JSON.parse(stdout.toString());
    expect([width, height]).toEqual([192, 192]);
    for (const { bbox, area, segmentation, score } of cells) {
      const [x, y, w, h] = bbox;
      expect(PLACES.some(([cx, cy]) => Math.hypot(x + w / 2 - cx, y + h / 2 - cy) < 3)).toBe(true);
      expect(area).toBeGreaterThan(0.75 * Math.PI * 14 ** 2);
      expect(area).toBeLessThan(1.25 * Math.PI * 14 ** 2);
      expect(segmentation.size).toEqual([192, 192]);
      expect(score).toBeGreaterThan(0.5);
    }
    expect((await sharp(scratch('seen.png')).metadata()).width).toBe(192);
  });

  it('writes an index PNG and COCO, and replaces nothing unasked', async () => {
    await sharp(picture).toFile(scratch('cells.png'));
    expect((await run('cells', 'cells.png', '--format', 'png', '-o', 'index.png')).code).toBe(0);
    const { channels } = await sharp(scratch('index.png')).stats();
    expect([channels[0]?.min, channels[0]?.max]).toEqual([0, 4]);
    expect((await run('cells', 'cells.png', '--format', 'coco', '-o', 'cells.json')).code).toBe(0);
    const coco = JSON.parse(await readFile(scratch('cells.json'), 'utf8'));
    expect(coco.annotations).toHaveLength(4);
    expect(coco.categories).toEqual([{ id: 1, name: 'cell' }]);
    const again = await run('cells', 'cells.png', '--format', 'coco', '-o', 'cells.json');
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('OUTPUT_EXISTS');
  });
});
