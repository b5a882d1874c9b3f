import { symlink } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { findInputs } from '../../src/remove/inputs.js';
import { useScratch } from '../scratch.js';

const scratch = useScratch();

async function relatives(names: string[], exclude?: string): Promise<string[]> {
  const { inputs, failures } = await findInputs(names, exclude);
  expect(failures).toEqual([]);
  return inputs.map(({ relative }) => relative);
}

describe('findInputs', () => {
  it('walks a directory in order, keeps its tree, and leaves out what is no picture, hidden or a result', async () => {
    await scratch.fill(
      'b.JPG',
      'a.png',
      'notes.txt',
      'sub/deep/c.webp',
      '.hidden/d.jpg',
      'b.cutout.png',
      'b.mask.png',
    );
    expect(await relatives([scratch.path()])).toEqual(['a.png', 'b.JPG', 'sub/deep/c.webp']);
  });

  it('leaves the output directory out', async () => {
    await scratch.fill('a.png', 'out/a.png');
    expect(await relatives([scratch.path()], scratch.path('out'))).toEqual(['a.png']);
  });

  it('takes a file named outright, whatever it is called', async () => {
    await scratch.fill('photo', 'x.cutout.png');
    expect(await relatives([scratch.path('photo'), scratch.path('x.cutout.png')])).toEqual([
      'photo',
      'x.cutout.png',
    ]);
  });

  it('expands a glob, and prefers a file of that very name', async () => {
    await scratch.fill('a1.jpg', 'a2.jpg', 'a[12].jpg');
    expect(await relatives([scratch.path('a?.jpg')])).toEqual(['a1.jpg', 'a2.jpg']);
    expect(await relatives([scratch.path('a[12].jpg')])).toEqual(['a[12].jpg']);
  });

  it('takes a picture that is named twice once', async () => {
    await scratch.fill('a.jpg');
    expect(await relatives([scratch.path('a.jpg'), scratch.path(), scratch.path('*.jpg')])).toEqual([
      'a.jpg',
    ]);
  });

  it('tells what fails by name and goes on with the rest', async () => {
    await scratch.fill('a.jpg', 'empty/notes.txt');
    await symlink(scratch.path('gone.jpg'), scratch.path('link.jpg'));
    const names = ['missing.jpg', 'link.jpg', 'empty', 'a.jpg'].map((name) => scratch.path(name));
    const { inputs, failures } = await findInputs(names);
    expect(inputs.map(({ path }) => path)).toEqual([scratch.path('a.jpg')]);
    expect(failures.map(({ error }) => error.code)).toEqual([
      'INPUT_NOT_FOUND',
      'INPUT_NOT_FOUND',
      'NO_IMAGES',
    ]);
  });
});
