import { decodeRle, pixelsOf } from '@cutkit/core';
import { describe, expect, it } from 'vitest';
import { openDataset } from '../../src/detect/open-dataset.js';
import { rleOf } from '../../src/geometry/instance-pixels.js';
import type { Dataset, Format } from '../../src/model/dataset.js';
import { wordsOf } from '../../src/sentences/sentence.js';
import { compareDatasets, compareRecords } from '../../src/tools/compare.js';
import { type Conversion, convert } from '../../src/tools/convert/convert.js';
import { statistics } from '../../src/tools/statistics.js';
import { box, coco } from '../support/coco.js';
import { type MemoryFiles, memoryFiles } from '../support/memory-files.js';
import { findingsOf } from '../support/mend.js';
import { picture } from '../support/pictures.js';

/** A frame two pixels wide around a hole. */
const frame = () => {
  const values = Array.from({ length: 400 }, (_, i) =>
    Number(i % 20 < 2 || i % 20 > 17 || i < 40 || i >= 360),
  );
  const counts: number[] = [];
  let [value, run] = [0, 0];
  for (const one of values) {
    if (one !== value) {
      counts.push(run);
      [value, run] = [one, 0];
    }
    run++;
  }
  return { size: [20, 20], counts: [...counts, run] };
};

describe('statistics', () => {
  it('count classes, sizes and empty images', async () => {
    const fs = coco([
      { segmentation: box(0, 0, 4, 4) },
      { segmentation: box(0, 0, 2, 2) },
      { segmentation: [], bbox: [0, 0, 10, 10], category_id: 2, iscrowd: 1 },
      { segmentation: [[1]], category_id: 2 },
    ]);
    expect(await statistics(await openDataset(fs, '/d/a.json'))).toMatchObject({
      images: 2,
      instances: 4,
      emptyImages: 1,
      crowds: 1,
      boxesOnly: 1,
      invalid: 1,
      classes: [
        { name: 'cat', instances: 2, images: 1, medianArea: 16 },
        { name: 'dog', instances: 2, images: 1 },
        { name: 'unused', instances: 0 },
      ],
      sizes: { small: 4, medium: 0, large: 0 },
      imageSizes: [{ width: 20, height: 20, images: 2 }],
    });
  });
});

describe('comparison', () => {
  const opened = async (annotations: Record<string, unknown>[]) =>
    openDataset(coco(annotations), '/d/a.json');

  it('pairs by score and IoU, ignores crowds, and keeps classes apart', async () => {
    const truth = await opened([
      { segmentation: box(0, 0, 4, 4) },
      { segmentation: box(10, 0, 4, 4), category_id: 2 },
      { segmentation: box(0, 10, 20, 10), iscrowd: 1 },
      { segmentation: box(15, 0, 4, 4) },
    ]);
    const prediction = await opened([
      { segmentation: box(0, 0, 4, 3), score: 0.5 },
      { segmentation: box(0, 0, 4, 4), score: 0.9 },
      { segmentation: box(10, 0, 4, 4), score: 0.8 },
      { segmentation: box(2, 12, 3, 3), score: 0.8 },
    ]);
    const compare = async (sameClass: boolean) =>
      compareRecords(
        { record: await truth.read(0), classes: truth.classes },
        { record: await prediction.read(0), classes: prediction.classes },
        { sameClass },
      );
    const strict = await compare(true);
    expect(strict.matches.map(({ truth: a, prediction: b, iou }) => [a.key, b.key, iou])).toEqual([
      ['0', '1', 1],
    ]);
    expect(strict.extra.map(({ key }) => key)).toEqual(['2', '0']);
    expect(strict.missed.map(({ key }) => key)).toEqual(['1', '3']);
    expect(strict.ignored.map(({ key }) => key)).toEqual(['3']);
    expect((await compare(false)).matches.length).toBe(2);
    const whole = await compareDatasets(truth, prediction);
    expect(whole).toMatchObject({ truePositives: 1, falsePositives: 2, falseNegatives: 2, meanIou: 1 });
  });

  it('compares shapes, whatever box is stated for them', async () => {
    const segmentation = box(8, 8, 6, 6);
    const one = await opened([{ segmentation, bbox: [0, 0, 1, 1] }]);
    const other = await opened([{ segmentation, bbox: [8, 8, 6, 6] }]);
    expect(await compareDatasets(one, other)).toMatchObject({ truePositives: 1, meanIou: 1 });
  });

  it('finds nothing wrong between a data set and itself', async () => {
    const one = await opened([{ segmentation: box(0, 0, 4, 4) }, { segmentation: [], bbox: [5, 5, 2, 2] }]);
    expect(await compareDatasets(one, one)).toMatchObject({
      truePositives: 2,
      precision: 1,
      recall: 1,
      meanIou: 1,
    });
  });
});

/** Writes and copies what a conversion says. */
async function carryOut(fs: MemoryFiles, { files }: Conversion): Promise<void> {
  for await (const file of files)
    fs.put(file.path, 'bytes' in file ? file.bytes : await fs.read(file.copyOf));
}

describe('conversion', () => {
  const SOURCE = [
    { segmentation: frame(), category_id: 2, mine: 5 },
    { segmentation: [...box(4, 4, 3, 3), ...box(10, 10, 4, 4)] },
    { segmentation: [], bbox: [1, 2, 3, 4], iscrowd: 1 },
    { segmentation: [[1]] },
  ];

  async function converted(format: Format) {
    const fs = coco(SOURCE);
    const source = await openDataset(fs, '/d/a.json');
    const folder = format === 'yolo' || format === 'voc' ? '/o' : format === 'masks' ? '/o/masks' : '/o/x';
    const conversion = convert(source, format, folder);
    await carryOut(fs, conversion);
    for (const name of ['a.png', 'b.png']) {
      const home =
        { yolo: '/o/images', voc: '/o/JPEGImages', masks: '/o/images' }[format as string] ?? '/o/y';
      fs.put(`${home}/${name}`, picture(20, 20));
    }
    const path = {
      coco: '/o/x/annotations.json',
      yolo: '/o/data.yaml',
      labelme: '/o/x',
      voc: '/o',
      masks: '/o/masks',
    }[format as string]!;
    return {
      fs,
      source,
      target: await openDataset(fs, path, { format }),
      losses: conversion
        .losses()
        .map(({ kind }) => kind)
        .sort(),
    };
  }

  const pixels = async (dataset: Dataset, className: string) => {
    const { instances } = await dataset.read(Math.max(0, dataset.images.find('a.png')));
    return instances
      .filter(({ classIndex }) => dataset.classes[classIndex]!.name === className)
      .filter(({ shape }) => shape.kind === 'polygons' || shape.kind === 'pixels')
      .map((one) => pixelsOf(decodeRle(rleOf(one, 20, 20))));
  };

  it.each<[Format, string[]]>([
    ['coco', ['id', 'no-area']],
    ['yolo', ['crowd', 'fields', 'id', 'no-area']],
    ['labelme', ['crowd', 'id', 'no-area']],
    ['voc', ['crowd', 'id', 'no-area']],
    ['masks', ['box-only', 'fields', 'id', 'no-area']],
  ])('to %s keeps holes and parts to the pixel, and says what it loses', async (format, want) => {
    const { source, target, losses } = await converted(format);
    expect(losses).toEqual(want);
    for (const name of ['cat', 'dog']) expect(await pixels(target, name)).toEqual(await pixels(source, name));
  });

  it.each<[Format, string, string[]]>([
    ['coco', '/o/annotations.json', ['/o/annotations.json', '/o/images/b.png', '/o/images/sub/a.jpg']],
    [
      'yolo',
      '/o/data.yaml',
      ['/o/data.yaml', '/o/images/b.png', '/o/images/sub/a.jpg', '/o/labels/b.txt', '/o/labels/sub/a.txt'],
    ],
    [
      'labelme',
      '/o',
      ['/o/b.json', '/o/b.png', '/o/images/sub/a.jpg', '/o/images/sub/a.json', '/o/labels.txt'],
    ],
    [
      'voc',
      '/o',
      [
        '/o/Annotations/a.xml',
        '/o/Annotations/b.xml',
        '/o/JPEGImages/a.jpg',
        '/o/JPEGImages/b.png',
        '/o/SegmentationClass/a.png',
        '/o/SegmentationObject/a.png',
      ],
    ],
    [
      'masks',
      '/o/masks',
      ['/o/classes.txt', '/o/images/a.jpg', '/o/images/b.png', '/o/masks/a.png', '/o/masks/b.png'],
    ],
  ])('to %s with pictures is complete: it opens, and finds them', async (format, path, written) => {
    const images = ['../images/sub/a.JPG', 'b.png'].map((file_name, id) => ({
      ...{ id, file_name },
      ...{ width: 20, height: 20 },
    }));
    const [annotation] = [{ id: 1, image_id: 0, category_id: 1, segmentation: box(4, 4, 3, 3) }];
    const json = { images, annotations: [annotation], categories: [{ id: 1, name: 'cat' }] };
    const fs = memoryFiles({
      '/s/annotations/a.json': JSON.stringify(json),
      '/s/images/sub/a.JPG': picture(20, 20),
      '/s/annotations/b.png': picture(20, 20),
    });
    const source = await openDataset(fs, '/s/annotations/a.json');
    const conversion = convert(source, format, '/o', { pictures: true });
    await carryOut(fs, conversion);
    const made = [...fs.files.keys()].filter((one) => one.startsWith('/o/'));
    expect(made.sort()).toEqual(written);
    for (const { kind } of conversion.losses()) expect(['id']).toContain(kind);
    const target = await openDataset(fs, path, { format });
    expect(target.images.length).toBe(2);
    for (let i = 0; i < 2; i++) {
      const found = await target.imagePath(i);
      expect(written).toContain(found);
      expect(fs.files.get(found!)).toEqual(picture(20, 20));
      const { instances } = await target.read(i);
      expect(instances).toHaveLength(found!.includes('b.png') ? 0 : 1);
    }
  });

  it('says which pictures were not there to be copied', async () => {
    const fs = coco(SOURCE);
    fs.files.delete('/d/b.png');
    const conversion = convert(await openDataset(fs, '/d/a.json'), 'yolo', '/o', { pictures: true });
    await carryOut(fs, conversion);
    expect(conversion.losses()).toContainEqual(
      expect.objectContaining({ kind: 'picture', count: 1, examples: ['b.png'] }),
    );
    expect(fs.text('/o/labels/a.txt')).not.toBe('');
  });

  const FORMATS = ['coco', 'yolo', 'labelme', 'voc', 'masks'] as const;
  it.each<[string[], Format[]]>([
    [
      ['train/a.png', 'val/a.png'],
      ['voc', 'masks'],
    ],
    [
      ['a.png', 'a.jpg'],
      ['yolo', 'labelme', 'voc', 'masks'],
    ],
    [
      ['a.png', 'a.png'],
      ['yolo', 'labelme', 'voc', 'masks'],
    ],
  ])('never writes %o into one file', async (names, clash) => {
    const json = {
      images: names.map((file_name, id) => ({ id, file_name, width: 4, height: 4 })),
      annotations: [],
      categories: [],
    };
    const source = await openDataset(memoryFiles({ '/d/a.json': JSON.stringify(json) }), '/d/a.json');
    for (const format of FORMATS) {
      for (const pictures of [false, true]) {
        const run = expect(() => convert(source, format, '/o', { pictures }));
        if (clash.includes(format)) run.toThrow(`${names[0]} and ${names[1]} would have one file`);
        else run.not.toThrow();
      }
    }
  });

  it('leaves out what cannot be read, and says so; a lint names the place, figures count it', async () => {
    const file = (objects: string) =>
      `<annotation><size><width>4</width><height>4</height></size>${objects}</annotation>`;
    const object =
      '<object><name>x</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></object>';
    const fs = memoryFiles({
      '/d/Annotations/a.xml': file(object),
      '/d/Annotations/b.xml': file('<object>'),
      '/d/JPEGImages/a.png': picture(4, 4),
      '/d/JPEGImages/b.png': picture(4, 4),
    });
    const source = await openDataset(fs, '/d', { format: 'voc' });
    const conversion = convert(source, 'coco', '/o');
    await carryOut(fs, conversion);
    expect(conversion.losses()).toMatchObject([{ kind: 'unreadable', count: 1, examples: ['b.png'] }]);
    expect(JSON.parse(fs.text('/o/annotations.json')).annotations).toHaveLength(1);
    const found = await findingsOf(fs, '/d', 'voc');
    expect(found).toMatchObject([{ kind: 'unreadable-file', location: { path: '/d/Annotations/b.xml' } }]);
    expect(wordsOf(found[0]!.message)).toMatch(/b\.xml:1:\d+: /);
    expect(await statistics(source)).toMatchObject({ images: 1, instances: 1, unreadable: 1 });
  });

  it('is refused for formats that are only read', async () => {
    const source = await openDataset(coco([]), '/d/a.json');
    expect(() => convert(source, 'sa1b', '/o')).toThrow('read, not written');
  });
});
