import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discard, exec, installed, type Packed, pack, ROOT, scratch } from './support.js';

const MiB = 1024 * 1024;
/** The core carries three embedded models: 7.8 MB to cut out, 1.8 MB more to answer clicks, 2 MB for cells. */
const BUDGETS = { '@cutkit/core': 12 * MiB, '@cutkit/datasets': 0.25 * MiB, cutkit: 1 * MiB } as const;

describe('what users install', () => {
  let tarballs: string;
  let project: string;
  const packed = {} as Record<keyof typeof BUDGETS, Packed>;

  beforeAll(async () => {
    tarballs = await scratch();
    packed['@cutkit/core'] = await pack('@cutkit/core', tarballs);
    packed['@cutkit/datasets'] = await pack('@cutkit/datasets', tarballs);
    packed.cutkit = await pack('cutkit', tarballs);
    project = await installed(Object.values(packed).map((one) => one.tarball));
    await copyFile(join(ROOT, 'packages/cli/sample/photo.jpg'), join(project, 'photo.jpg'));
  });

  afterAll(async () => {
    await discard(tarballs);
    await discard(project);
  });

  it.each(Object.keys(BUDGETS) as (keyof typeof BUDGETS)[])('%s stays within its size budget', (name) => {
    expect(packed[name].size).toBeLessThanOrEqual(BUDGETS[name]);
  });

  it.each(Object.keys(BUDGETS) as (keyof typeof BUDGETS)[])('%s ships no sources or tests', (name) => {
    const strays = packed[name].files.filter(({ path }) => /^(src|test)\/|\.test\./.test(path));
    expect(strays).toEqual([]);
  });

  it.each(Object.keys(BUDGETS) as (keyof typeof BUDGETS)[])('%s satisfies publint', async (name) => {
    await expect(exec('npx', ['publint', '--strict', packed[name].tarball], ROOT)).resolves.toMatch(
      /All good/,
    );
  });

  it.each(['@cutkit/core', '@cutkit/datasets'] as const)(
    '%s gives right types to ESM and bundlers',
    async (name) => {
      const { tarball } = packed[name];
      const flags = ['--profile', 'esm-only', '--exclude-entrypoints', './models/*', './package.json'];
      // attw exits with 1, and exec rejects, when a resolution that ESM users meet has a problem.
      await expect(exec('npx', ['attw', tarball, ...flags], ROOT)).resolves.toContain(name);
    },
  );

  it('cuts a picture through the library', async () => {
    const script = `
      import { removeBackground } from '@cutkit/core/node';
      const { bytes, assessment } = await removeBackground('photo.jpg', { backend: 'wasm', threads: 1 });
      console.log(JSON.stringify({ png: bytes[1] === 0x50, verdict: assessment.verdict }));
      process.exit(0);`;
    await writeFile(join(project, 'use.mjs'), script);
    expect(JSON.parse(await exec('node', ['use.mjs'], project))).toEqual({ png: true, verdict: 'found' });
  });

  it('reads annotations through the library', async () => {
    const script = `
      import { openDataset } from '@cutkit/datasets';
      const json = new TextEncoder().encode('{"images":[{"id":1,"file_name":"a.jpg","width":2,"height":2}],"annotations":[],"categories":[]}');
      const fs = {
        stat: async (path) => (path === '/a.json' ? { type: 'file', size: json.length, modified: 1 } : undefined),
        list: async () => [],
        read: async (_path, { start, end } = { start: 0, end: json.length }) => json.slice(start, end),
      };
      const dataset = await openDataset(fs, '/a.json');
      console.log(JSON.stringify({ format: dataset.format, image: dataset.images.at(0).name }));`;
    await writeFile(join(project, 'read.mjs'), script);
    expect(JSON.parse(await exec('node', ['read.mjs'], project))).toEqual({ format: 'coco', image: 'a.jpg' });
  });

  it('cuts a picture through the command line', async () => {
    await exec('npx', ['cutkit', 'remove', 'photo.jpg', '-o', 'cut.png'], project);
    const png = await readFile(join(project, 'cut.png'));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
  });
});
