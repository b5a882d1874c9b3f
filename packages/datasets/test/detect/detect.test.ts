import { CutkitError } from '@cutkit/core';
import { describe, expect, it } from 'vitest';
import { createDataset } from '../../src/detect/create-dataset.js';
import { detectDatasets } from '../../src/detect/detect-datasets.js';
import { findSources } from '../../src/detect/find-sources.js';
import { openDataset } from '../../src/detect/open-dataset.js';
import { FORMATS } from '../../src/model/dataset.js';
import { writePng } from '../../src/png/write-png.js';
import { wordsOf } from '../../src/sentences/sentence.js';
import { memoryFiles } from '../support/memory-files.js';
import { picture } from '../support/pictures.js';

const mask = writePng({ width: 4, height: 1, depth: 8, channels: 1, values: [0, 255, 255, 0] });
const coco = (name: string) =>
  JSON.stringify({
    info: { x: 'y'.repeat(70_000) },
    images: [{ id: 1, file_name: name, width: 4, height: 1 }],
    annotations: [],
    categories: [],
  });
const labelme = JSON.stringify({ version: '5', shapes: [], imagePath: 'a.jpg' });
const sa1b = JSON.stringify({ image: { width: 1 }, annotations: [] });
const panoptic = JSON.stringify({
  images: [],
  annotations: [{ image_id: 1, segments_info: [] }],
  categories: [],
});
const voc = '<annotation><object/></annotation>';

const LAYOUTS: [string, Record<string, string | Uint8Array>, string, string[]][] = [
  [
    'COCO beside images',
    { '/d/instances.json': coco('a.jpg'), '/d/a.jpg': picture(4, 1) },
    '/d',
    ['coco /d/instances.json'],
  ],
  [
    'COCO in annotations',
    { '/d/annotations/x.json': coco('a.jpg'), '/d/train/a.jpg': 'x' },
    '/d',
    ['coco /d/annotations/x.json'],
  ],
  ['panoptic', { '/d/p.json': panoptic }, '/d/p.json', ['panoptic /d/p.json']],
  [
    'YOLO by data.yaml',
    { '/d/data.yaml': 'names: [a]\ntrain: images\n', '/d/images/a.jpg': 'x' },
    '/d',
    ['yolo /d/data.yaml'],
  ],
  ['YOLO folders', { '/d/images/a.jpg': 'x', '/d/labels/a.txt': '0 1 1 1 1' }, '/d', ['yolo /d']],
  ['YOLO side by side', { '/d/a.jpg': 'x', '/d/a.txt': '0 0.5 0.5 1 1' }, '/d', ['yolo /d']],
  ['LabelMe', { '/d/a.json': labelme, '/d/b.json': labelme }, '/d', ['labelme /d']],
  ['SA-1B', { '/d/sa_1.json': sa1b, '/d/sa_2.json': sa1b }, '/d', ['sa1b /d']],
  ['VOC', { '/d/Annotations/a.xml': voc, '/d/JPEGImages/a.jpg': 'x' }, '/d', ['voc /d']],
  ['VOC files', { '/d/a.xml': voc }, '/d', ['voc /d']],
  ['Cityscapes', { '/d/gtFine/val/ulm/x_gtFine_labelIds.png': mask }, '/d', ['cityscapes /d']],
  ['masks', { '/d/images/a.jpg': 'x', '/d/masks/a.png': mask }, '/d', ['masks /d/masks']],
  ['masks side by side', { '/d/a.jpg': 'x', '/d/a_mask.png': mask }, '/d', ['masks /d']],
  [
    'plain pictures',
    { '/d/a.jpg': 'x', '/d/b.png': mask, '/d/package.json': '{"name": "x"}', '/d/c.yaml': 'a: 1\n' },
    '/d',
    [],
  ],
];

describe('detection', () => {
  it.each(LAYOUTS)('knows %s', async (_, files, path, want) => {
    const found = await detectDatasets(memoryFiles(files), path);
    expect(found.map((one) => `${one.format} ${one.path}`)).toEqual(want);
    for (const { reason } of found) expect(wordsOf(reason)).toMatch(/\.$/);
  });

  it('says what it looked for where there is nothing', async () => {
    await expect(openDataset(memoryFiles({ '/d/a.jpg': 'x' }), '/d')).rejects.toMatchObject({
      code: 'DATASET_UNKNOWN',
    });
    await expect(openDataset(memoryFiles({ '/d/a.jpg': 'x' }), '/e')).rejects.toMatchObject({
      code: 'INPUT_NOT_FOUND',
    });
  });

  it('reads little of large files', async () => {
    const fs = memoryFiles({
      '/d/big.json': `{"images": [${'{"id": 1, "file_name": "a"},'.repeat(100_000)}{"id": 2}]}`,
    });
    await detectDatasets(fs, '/d/big.json');
    expect(fs.reads.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(200_000);
  });
});

describe('the annotations of one image', () => {
  const find = async (files: Record<string, string | Uint8Array>, image: string) => {
    const fs = memoryFiles({ [image]: picture(4, 1), ...files });
    const search = await findSources(fs, image, { root: '/w' });
    for (const { format, path } of search.found) {
      const dataset = await openDataset(fs, path, { format });
      expect(dataset.images.find(image), `${format} ${path}`).toBeGreaterThanOrEqual(0);
    }
    return { ...search, found: search.found.map(({ format, path }) => `${format} ${path}`) };
  };

  it('are found beside it, before those for many images', async () => {
    const { found } = await find(
      { '/w/d/a.json': labelme, '/w/d/a_mask.png': mask, '/w/coco.json': coco('d/a.jpg') },
      '/w/d/a.jpg',
    );
    expect(found).toEqual(['labelme /w/d/a.json', 'masks /w/d/a_mask.png', 'coco /w/coco.json']);
  });

  it('are found in the folders that formats have', async () => {
    const root = '/w/d';
    expect(
      (
        await find(
          { '/w/d/labels/train/a.txt': '0 .5 .5 1 1', '/w/d/data.yaml': 'names: [x]\ntrain: images/train' },
          `${root}/images/train/a.jpg`,
        )
      ).found,
    ).toEqual(['yolo /w/d/data.yaml']);
    expect(
      (
        await find(
          { '/w/d/Annotations/a.xml': voc, '/w/d/Annotations/b.xml': voc },
          `${root}/JPEGImages/a.jpg`,
        )
      ).found,
    ).toEqual(['voc /w/d/Annotations/a.xml']);
    expect((await find({ '/w/d/masks/a.png': mask }, `${root}/images/a.jpg`)).found).toEqual([
      'masks /w/d/masks',
    ]);
    expect((await find({ '/w/d/annotations/val.json': coco('a.jpg') }, `${root}/val/a.jpg`)).found).toEqual([
      'coco /w/d/annotations/val.json',
    ]);
    expect(
      (
        await find(
          { '/w/d/gtFine/val/ulm/x_gtFine_labelIds.png': mask },
          `${root}/leftImg8bit/val/ulm/x_leftImg8bit.png`,
        )
      ).found,
    ).toEqual(['cityscapes /w/d/gtFine/val/ulm/x_gtFine_labelIds.png']);
  });

  it('are explained where there are none, and nothing above the root is looked at', async () => {
    const fs = memoryFiles({
      '/w/d/a.jpg': picture(4, 1),
      '/w/d/masks/b.png': mask,
      '/coco.json': coco('w/d/a.jpg'),
    });
    const { found, tried } = await findSources(fs, '/w/d/a.jpg', { root: '/w' });
    expect(found).toEqual([]);
    expect(tried.map(({ path }) => path)).toEqual(['/w/d/a.json', '/w/d/a.txt', '/w/d/masks']);
    for (const { why } of tried) expect(wordsOf(why)).toMatch(/\.$/);
  });
});

describe('a file that the host refuses to read', () => {
  it('is told among those that were tried, and the search goes on', async () => {
    const files = memoryFiles({
      '/w/a.jpg': picture(4, 1),
      '/w/a.json': '{}',
      '/w/big.json': '{}',
      '/w/masks/a.png': mask,
    });
    const refusal = new CutkitError('FILE_TOO_LARGE', 'It has 620 MB.', 'Split it.');
    const fs = {
      ...files,
      read: async (path: string) => {
        if (path.endsWith('.json')) throw refusal;
        return files.read(path);
      },
    };
    const { found, tried } = await findSources(fs, '/w/a.jpg', { root: '/w' });
    expect(found.map(({ format }) => format)).toEqual(['masks']);
    const told = tried.filter(({ why }) => wordsOf(why) === 'It has 620 MB. Split it.');
    expect(told.map(({ path }) => path)).toEqual(['/w/a.json', '/w/big.json']);
  });
});

describe('a new data set', () => {
  it.each(['coco', 'yolo', 'labelme', 'masks', 'voc'] as const)(
    'opens empty and takes a first instance: %s',
    async (format) => {
      const image =
        format === 'yolo' ? '/n/images/a.png' : format === 'voc' ? '/n/JPEGImages/a.png' : '/n/a.png';
      const fs = memoryFiles({ [image]: picture(4, 1) });
      const { files, path } = createDataset(format, '/n', ['cat']);
      fs.apply(files);
      const dataset = await openDataset(fs, path, { format });
      const index = Math.max(0, dataset.images.find(image));
      const shape = { kind: 'pixels', rle: { size: [1, 4], counts: [1, 2, 1] } } as const;
      const [known] = dataset.classes;
      fs.apply(
        await dataset.save([
          ...(format === 'coco' ? [{ type: 'addImage', path: image, width: 4, height: 1 } as const] : []),
          ...(known ? [] : [{ type: 'addClass', name: 'cat' } as const]),
          { type: 'add', image: index, instance: { key: 'n', classIndex: 0, shape } },
        ]),
      );
      const { instances } = await (await openDataset(fs, path, { format })).read(index);
      expect(instances).toMatchObject([{ box: [1, 0, 2, 1] }]);
    },
  );

  it('is refused for formats that are only read', () => {
    for (const format of FORMATS.slice(5))
      expect(() => createDataset(format, '/n', [])).toThrow('read, not written');
  });
});
