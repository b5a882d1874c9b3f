import { decodeRle, encodeRle, maskOf, pixelsOf } from '@cutkit/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openMasks } from '../../src/formats/masks/open-masks.js';
import { rleOf } from '../../src/geometry/instance-pixels.js';
import type { MaskReading } from '../../src/model/open-options.js';
import { readPng } from '../../src/png/read-png.js';
import { vocColour } from '../../src/png/voc-colours.js';
import { writePng } from '../../src/png/write-png.js';
import { wordsOf } from '../../src/sentences/sentence.js';
import { masks } from '../support/arbitrary.js';
import { memoryFiles } from '../support/memory-files.js';
import { findingsOf } from '../support/mend.js';
import { picture } from '../support/pictures.js';

const PALETTE = Array.from({ length: 256 }, (_, i) => vocColour(i));
const png = (
  values: number[],
  more: { depth?: 8 | 16; channels?: number; palette?: typeof PALETTE; grey?: true } = {},
) => writePng({ width: 4, height: values.length / 4, depth: 8, channels: 1, values, ...more });
/** Ids as colours, each said three times. */
const greys = (values: number[]) => png(values, { channels: 3, grey: true });
const RED = 0x0000ff;
const BLUE = 0xff0000;

function folder(name: string, files: Record<string, Uint8Array | string>) {
  return memoryFiles({
    '/d/images/a.jpg': picture(4, 2),
    '/d/images/b.jpg': picture(4, 2),
    '/d/images/c.jpg': picture(4, 2),
    ...Object.fromEntries(Object.entries(files).map(([file, content]) => [`/d/${name}/${file}`, content])),
  });
}

describe('VOC colours', () => {
  it('are those of the palette', () => {
    expect([0, 1, 2, 3, 15, 20, 255].map(vocColour)).toEqual([
      [0, 0, 0],
      [128, 0, 0],
      [0, 128, 0],
      [128, 128, 0],
      [192, 128, 128],
      [0, 64, 128],
      [224, 224, 192],
    ]);
  });
});

describe('mask PNGs', () => {
  it.each<[string, string, Record<string, Uint8Array | string>, MaskReading, string[]]>([
    ['two values', 'masks', { 'a.png': png([0, 255, 255, 0, 0, 0, 0, 0]) }, 'binary', ['object']],
    [
      'a palette',
      'labels',
      { 'a.png': png([0, 1, 2, 255, 0, 0, 0, 0], { palette: PALETTE }) },
      'index',
      ['class 1', 'class 2'],
    ],
    [
      'names',
      'masks',
      { 'a.png': png([0, 1, 3, 3, 0, 0, 0, 0]), 'classes.txt': 'background\ncat\ndog\nox\n' },
      'index',
      ['cat', 'dog', 'ox'],
    ],
    ['sixteen bits', 'gt', { 'a.png': png([0, 1, 300, 0, 0, 0, 0, 0], { depth: 16 }) }, 'id', ['object']],
    ['a folder of instances', 'instances', { 'a.png': png([0, 1, 2, 0, 0, 0, 0, 0]) }, 'id', ['object']],
    [
      'colours',
      'masks',
      {
        'a.png': png([0, RED, BLUE, 0, 0, 0, 0, 0], { channels: 3 }),
        'class_dict.csv': 'name,r,g,b\nsky,0,0,255\n',
      },
      'rgb',
      ['sky', '#ff0000'],
    ],
    ['two values said three times', 'masks', { 'a.png': greys([0, 255, 255, 0]) }, 'binary', ['object']],
    [
      'names of values said three times',
      'masks',
      { 'a.png': greys([0, 1, 2, 2]), 'classes.txt': 'background\ncat\ndog\n' },
      'index',
      ['cat', 'dog'],
    ],
    [
      'greys whose names say colours',
      'masks',
      { 'a.png': greys([0, 128, 255, 0]), 'class_dict.csv': 'name,r,g,b\nroad,128,128,128\n' },
      'rgb',
      ['road', '#ffffff'],
    ],
  ])('are read by what they show: %s', async (_, name, files, reading, classes) => {
    const dataset = await openMasks(folder(name, files), `/d/${name}`);
    expect(wordsOf(dataset.notes[0]!)).toContain(`read as ${reading}: `);
    expect(dataset.classes.map((one) => one.name)).toEqual(classes);
    expect([0, 1, 2].map((i) => dataset.images.at(i).name)).toEqual(['a.jpg', 'b.jpg', 'c.jpg']);
    expect((await dataset.read(0)).instances.length).toBeGreaterThan(0);
    expect(await dataset.read(1)).toMatchObject({ width: 4, height: 2, instances: [], files: [] });
  });

  it('reads by value, ignored pixels left out, and says where images are missing', async () => {
    const fs = folder('masks', {
      'a.png': png([0, 1, 1, 255, 2, 0, 0, 255], { palette: PALETTE }),
      'x_mask.png': png([0, 1, 2, 0]),
    });
    const dataset = await openMasks(fs, '/d/masks');
    const { instances } = await dataset.read(0);
    expect(instances.map(({ key, box }) => [key, box])).toEqual([
      ['1', [1, 0, 2, 1]],
      ['2', [0, 1, 1, 1]],
    ]);
    expect((await findingsOf(fs, '/d/masks')).filter(({ kind }) => kind === 'missing-image')).toMatchObject([
      { message: { code: 'image-missing-beside' }, location: { path: '/d/masks/x_mask.png' } },
    ]);
    expect(dataset.classes[0]!.colour).toEqual([128, 0, 0]);
  });

  it('pairs masks beside their images by a suffix', async () => {
    const fs = memoryFiles({
      '/d/a.png': picture(4, 1),
      '/d/a_mask.png': png([0, 255, 0, 0]),
      '/d/b.png': picture(4, 1),
    });
    const dataset = await openMasks(fs, '/d');
    expect([0, 1].map((i) => dataset.images.at(i).name)).toEqual(['a.png', 'b.png']);
    fs.apply(
      await dataset.save([
        {
          type: 'add',
          image: 1,
          instance: {
            key: 'n',
            classIndex: 0,
            shape: { kind: 'pixels', rle: { size: [1, 4], counts: [1, 2, 1] } },
          },
        },
      ]),
    );
    expect([...readPng('x', fs.files.get('/d/b_mask.png')!).values]).toEqual([0, 255, 255, 0]);
  });

  it('changes pixels of what changes, palette and other values kept', async () => {
    const fs = folder('labels', { 'a.png': png([1, 1, 2, 255, 1, 0, 2, 0], { palette: PALETTE }) });
    const dataset = await openMasks(fs, '/d/labels');
    await dataset.read(0);
    const rle = encodeRle(maskOf(4, 2, [0, 0, 0, 0, 0, 1, 1, 0]));
    const changes = await dataset.save([
      { type: 'remove', image: 0, key: '1' },
      { type: 'addClass', name: 'ox' },
      { type: 'add', image: 0, instance: { key: 'n', classIndex: 2, shape: { kind: 'pixels', rle } } },
    ]);
    expect(changes.map(({ type }) => type)).toEqual(['splice', 'write']);
    fs.apply(changes);
    const after = readPng('x', fs.files.get('/d/labels/a.png')!);
    expect([...after.values]).toEqual([0, 0, 2, 255, 0, 3, 3, 0]);
    expect(after.palette).toEqual(PALETTE);
    expect(fs.text('/d/labels/classes.txt')).toBe('3 ox\n');
  });

  it('changes greys of colours as greys, and makes new masks alike', async () => {
    const fs = folder('labels', { 'a.png': greys([0, 1, 2, 2, 0, 0, 0, 0]) });
    const dataset = await openMasks(fs, '/d/labels');
    expect(dataset.notes.map(({ code }) => code)).toContain('note-mask-greys');
    const shape = { kind: 'pixels', rle: encodeRle(maskOf(4, 2, [1, 0, 0, 0, 0, 0, 0, 1])) } as const;
    const add = (image: number) => ({
      type: 'add' as const,
      image,
      instance: { key: 'n', classIndex: 1, shape },
    });
    fs.apply(await dataset.save([add(0), add(1)]));
    const [a, b] = ['a', 'b'].map((name) => readPng(name, fs.files.get(`/d/labels/${name}.png`)!));
    const said = (values: number[]) => values.map((value) => value * 0x010101);
    expect([a!.channels, ...a!.values]).toEqual([3, ...said([2, 1, 2, 2, 0, 0, 0, 2])]);
    expect([b!.channels, ...b!.values]).toEqual([3, ...said([2, 0, 0, 0, 0, 0, 0, 2])]);
  });

  it('refuses to paint what greys, or one mask of another kind, cannot hold', async () => {
    const fs = folder('instances', {
      'a.png': greys([0, 1, 2, 255]),
      'b.png': greys([0, 1, 0, 0]),
      'c.png': png([RED, 0, 0, 0], { channels: 3 }),
    });
    const dataset = await openMasks(fs, '/d/instances', { reading: 'id' });
    const shape = { kind: 'pixels', rle: { size: [1, 4], counts: [0, 1, 3] } } as const;
    for (const image of [0, 2]) {
      const adding = dataset.save([{ type: 'add', image, instance: { key: 'n', classIndex: 0, shape } }]);
      await expect(adding).rejects.toMatchObject({ code: 'FORMAT_CANNOT_HOLD' });
    }
  });

  it('widens a file whose bits or palette end before the new value', async () => {
    const short = PALETTE.slice(0, 3);
    const fs = folder('labels', { 'a.png': png([1, 2, 0, 0], { palette: short }) });
    const dataset = await openMasks(fs, '/d/labels');
    const rle = { size: [1, 4], counts: [2, 1, 1] } as const;
    fs.apply(
      await dataset.save([
        { type: 'addClass', name: 'x' },
        { type: 'add', image: 0, instance: { key: 'n', classIndex: 2, shape: { kind: 'pixels', rle } } },
      ]),
    );
    const after = readPng('x', fs.files.get('/d/labels/a.png')!);
    expect([...after.values]).toEqual([1, 2, 3, 0]);
    expect(after.palette).toEqual(PALETTE.slice(0, 4));
  });

  it.each<MaskReading>(['binary', 'index', 'id', 'rgb'])(
    'keeps any mask to the pixel: %s',
    async (reading) => {
      await fc.assert(
        fc.asyncProperty(
          masks(9).filter((mask) => mask.data.includes(1)),
          async (mask) => {
            const { width, height } = mask;
            const fs = memoryFiles({
              '/d/images/a.jpg': picture(width, height),
              '/d/images/z.jpg': picture(2, 1),
              '/d/masks/z.png': writePng({
                width: 2,
                height: 1,
                depth: 8,
                channels: reading === 'rgb' ? 3 : 1,
                values: [0, 1],
              }),
            });
            const dataset = await openMasks(fs, '/d/masks', { reading });
            const shape = { kind: 'pixels', rle: encodeRle(mask) } as const;
            fs.apply(
              await dataset.save([{ type: 'add', image: 0, instance: { key: 'n', classIndex: 0, shape } }]),
            );
            const { instances } = await (await openMasks(fs, '/d/masks', { reading })).read(0);
            expect(instances.length).toBe(1);
            expect(pixelsOf(decodeRle(rleOf(instances[0]!, width, height)))).toEqual(pixelsOf(mask));
          },
        ),
        { numRuns: 30 },
      );
    },
  );

  it('refuses what a PNG cannot say', async () => {
    const dataset = await openMasks(folder('masks', { 'a.png': png([0, 255, 255, 0]) }), '/d/masks');
    await expect(dataset.save([{ type: 'addClass', name: 'x' }])).rejects.toMatchObject({
      code: 'FORMAT_CANNOT_HOLD',
    });
    await expect(
      dataset.save([{ type: 'change', image: 0, key: '1', change: { crowd: true } }]),
    ).rejects.toMatchObject({ code: 'FORMAT_CANNOT_HOLD' });
  });
});
