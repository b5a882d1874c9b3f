import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { cutkit, PHOTO } from '../support/cutkit.js';
import { useScratch } from '../support/scratch.js';

const scratch = useScratch();
const listing = async (path: string) =>
  (await readdir(path, { recursive: true }))
    .filter((name) => /\.\w+$/.test(name) && !name.startsWith('.'))
    .sort();

describe('cutkit remove', () => {
  it('writes a PNG with transparency beside the photo and leaves the photo alone', async () => {
    await copyFile(PHOTO, scratch('photo.jpg'));
    const { code, stdout, stderr } = await cutkit(['remove', 'photo.jpg'], { cwd: scratch() });
    expect([code, stdout.length]).toEqual([0, 0]);
    expect(stderr).toMatch(/^1 done, 0 failed in [\d.]+ s \((native|wasm)\)\n$/);
    const made = await sharp(scratch('photo.cutout.png')).metadata();
    const source = await sharp(PHOTO).metadata();
    expect([made.width, made.height, made.channels]).toEqual([source.width, source.height, 4]);
    const { channels } = await sharp(scratch('photo.cutout.png')).stats();
    expect([channels[3]?.min, channels[3]?.max]).toEqual([0, 255]);
    expect(Buffer.compare(await readFile(scratch('photo.jpg')), await readFile(PHOTO))).toBe(0);
  });

  it("keeps a directory's tree and gives colliding names apart", async () => {
    await mkdir(scratch('in/sub'), { recursive: true });
    for (const name of ['a.jpg', 'sub/a.jpg']) await copyFile(PHOTO, scratch('in', name));
    await sharp(PHOTO).png().toFile(scratch('in/a.png'));
    const { code } = await cutkit(['remove', 'in', '-o', 'out'], { cwd: scratch() });
    expect(code).toBe(0);
    expect(await listing(scratch('out'))).toEqual(['a.jpg.png', 'a.png.png', 'sub/a.png']);
  });

  it('reads stdin and writes stdout', async () => {
    const { code, stdout, stderr } = await cutkit(['remove', '-', '--quiet'], {
      stdin: await readFile(PHOTO),
    });
    expect([code, stderr]).toEqual([0, '']);
    expect((await sharp(stdout).metadata()).hasAlpha).toBe(true);
  });

  it('reports in JSON', async () => {
    const { stdout } = await cutkit(['remove', PHOTO, 'none.jpg', '-o', 'out/', '--json'], {
      cwd: scratch(),
    });
    const report = JSON.parse(stdout.toString());
    expect(report).toMatchObject({ done: 1, failed: 1, skipped: 0, model: 'unet-cutout' });
    expect(report.inputs.find((one: { status: string }) => one.status === 'done')).toMatchObject({
      input: PHOTO,
      outputs: { cutout: 'out/photo.png' },
      verdict: 'found',
      timings_ms: { network: expect.any(Number) },
    });
  });

  it('lays a colour or a picture under the subject', async () => {
    await cutkit(['remove', PHOTO, '-o', 'red.png', '--bg', '#ff0000'], { cwd: scratch() });
    await sharp({ create: { width: 30, height: 300, channels: 3, background: 'blue' } })
      .png()
      .toFile(scratch('sky.png'));
    await cutkit(['remove', PHOTO, '-o', 'blue.png', '--bg', 'sky.png'], { cwd: scratch() });
    for (const [name, corner] of [
      ['red.png', [255, 0, 0]],
      ['blue.png', [0, 0, 255]],
    ] as const) {
      const { data, info } = await sharp(scratch(name)).raw().toBuffer({ resolveWithObject: true });
      expect([info.channels, ...data.subarray(0, 3)]).toEqual([3, ...corner]);
    }
  });

  it('writes masks, and WebP', async () => {
    await cutkit(['remove', PHOTO, '-o', 'cut.webp', '--output', 'both', '--format', 'webp'], {
      cwd: scratch(),
    });
    const mask = await sharp(scratch('cut.mask.png')).metadata();
    expect([mask.channels, (await sharp(scratch('cut.webp')).metadata()).format]).toEqual([1, 'webp']);
  });

  it('gives the same alpha on WASM as on the native runtime', async () => {
    const alpha = async (backend: string) => {
      const args = ['remove', PHOTO, '-o', `${backend}.png`, '--output', 'mask', '--backend', backend];
      expect((await cutkit(args, { cwd: scratch() })).stderr).toContain(`(${backend})`);
      return sharp(scratch(`${backend}.png`))
        .raw()
        .toBuffer();
    };
    const [native, wasm] = [await alpha('native'), await alpha('wasm')];
    const worst = native.reduce((most, value, i) => Math.max(most, Math.abs(value - wasm[i]!)), 0);
    expect(worst).toBeLessThanOrEqual(1);
  });

  it('cuts a picture and its mirror image alike with --flip', async () => {
    await sharp(PHOTO).png().toFile(scratch('a.png'));
    await sharp(PHOTO).flop().png().toFile(scratch('b.png'));
    const apart = async (...options: string[]) => {
      await cutkit(['remove', 'a.png', 'b.png', '--output', 'mask', '--force', ...options], {
        cwd: scratch(),
      });
      const [a, b] = await Promise.all([
        sharp(scratch('a.mask.png')).raw().toBuffer(),
        sharp(scratch('b.mask.png')).flop().raw().toBuffer(),
      ]);
      return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
    };
    expect(await apart()).toBeGreaterThan(0.1);
    expect(await apart('--flip')).toBeLessThan(0.01);
  });

  it('keeps a wide-gamut profile as it was', async () => {
    const p3 = await sharp(PHOTO).withIccProfile('p3').png().toBuffer();
    await writeFile(scratch('p3.png'), p3);
    await cutkit(['remove', 'p3.png'], { cwd: scratch() });
    const { icc } = await sharp(scratch('p3.cutout.png')).metadata();
    expect(Buffer.compare(icc!, (await sharp(p3).metadata()).icc!)).toBe(0);
  });

  it('says when there is nothing sure to cut out', async () => {
    await sharp({ create: { width: 200, height: 150, channels: 3, background: '#8899aa' } })
      .png()
      .toFile(scratch('wall.png'));
    const { code, stderr } = await cutkit(['remove', 'wall.png'], { cwd: scratch() });
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/^wall.png: (nothing found to cut out|uncertain: look at the result)/),
    ]);
  });

  it('replaces a file of someone else only with --force', async () => {
    await writeFile(scratch('cut.png'), 'mine');
    const args = ['remove', PHOTO, '-o', 'cut.png'];
    const refused = await cutkit(args, { cwd: scratch() });
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('OUTPUT_EXISTS')]);
    expect(await readFile(scratch('cut.png'), 'utf8')).toBe('mine');
    expect((await cutkit([...args, '--force'], { cwd: scratch() })).code).toBe(0);
  });

  it('never writes over its input', async () => {
    await copyFile(PHOTO, scratch('p.jpg'));
    const { code, stderr } = await cutkit(['remove', 'p.jpg', '-o', 'p.jpg', '--force'], { cwd: scratch() });
    expect([code, stderr]).toEqual([1, expect.stringContaining('OUTPUT_IS_INPUT')]);
    expect(Buffer.compare(await readFile(scratch('p.jpg')), await readFile(PHOTO))).toBe(0);
  });
});
