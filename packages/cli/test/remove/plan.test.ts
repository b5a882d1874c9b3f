import { describe, expect, it } from 'vitest';
import { type PlanOptions, planOutputs } from '../../src/remove/plan.js';

const BESIDE: PlanOptions = { out: undefined, outIsFile: false, output: 'cutout', format: 'png' };
const INTO: PlanOptions = { ...BESIDE, out: 'out' };
const input = (path: string, relative = path.split('/').pop()!) => ({ path, relative });
const cutouts = (paths: string[], options: PlanOptions) =>
  planOutputs(
    paths.map((path) => input(path)),
    options,
  ).map(({ cutout }) => cutout);

describe('planOutputs', () => {
  it('writes beside the input', () => {
    expect(cutouts(['a/photo.jpg'], BESIDE)).toEqual(['a/photo.cutout.png']);
    expect(planOutputs([input('a/photo.jpg')], { ...BESIDE, output: 'both', format: 'webp' })).toEqual([
      { input: 'a/photo.jpg', cutout: 'a/photo.cutout.webp', mask: 'a/photo.mask.png' },
    ]);
  });

  it("keeps a directory's tree", () => {
    expect(planOutputs([input('in/x/y/p.jpg', 'x/y/p.jpg')], INTO)[0]?.cutout).toBe('out/x/y/p.png');
  });

  it('gives inputs that would share an output distinct names', () => {
    expect(cutouts(['a.jpg', 'a.png', 'b.jpg'], INTO)).toEqual([
      'out/a.jpg.png',
      'out/a.png.png',
      'out/b.png',
    ]);
    expect(new Set(cutouts(['x/a.jpg', 'y/a.jpg', 'z/a.jpg'], INTO)).size).toBe(3);
  });

  it('treats names as one that some file system holds for one', () => {
    const names = cutouts(['A.jpg', 'a.png', 'caf\u00e9.jpg', 'cafe\u0301.png'], INTO);
    expect(new Set(names.map((name) => name?.normalize('NFC').toLowerCase())).size).toBe(4);
  });

  it('never names an input', () => {
    expect(cutouts(['photo.jpg', 'photo.cutout.png'], BESIDE)[0]).not.toBe('photo.cutout.png');
    expect(planOutputs([input('p.png')], { ...INTO, out: '.' })[0]?.cutout).toBe('p.cutout.png');
    expect(() => planOutputs([input('p.png')], { ...INTO, out: './p.png', outIsFile: true })).toThrow(
      expect.objectContaining({ code: 'OUTPUT_IS_INPUT' }),
    );
  });

  it('takes an explicit file, and puts a second output beside it', () => {
    const explicit = { ...INTO, out: 'cut.webp', outIsFile: true };
    expect(planOutputs([input('p.jpg')], { ...explicit, output: 'both' })).toEqual([
      { input: 'p.jpg', cutout: 'cut.webp', mask: 'cut.mask.png' },
    ]);
    expect(planOutputs([input('p.jpg')], { ...explicit, output: 'mask' })[0]?.mask).toBe('cut.webp');
  });
});
