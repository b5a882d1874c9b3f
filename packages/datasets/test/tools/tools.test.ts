import { decodeRle, pixelsOf } from '@cutkit/core';
import { describe, expect, it } from 'vitest';
import { openDataset } from '../../src/detect/open-dataset.js';
import { rleOf } from '../../src/geometry/instance-pixels.js';
import type { Dataset, Format } from '../../src/model/dataset.js';
import { wordsOf } from '../../src/sentences/sentence.js';
import { compareDatasets, compareRecords } from '../../src/tools/compare.js';
import { convert } from '../../src/tools/convert/convert.js';
import { statistics } from '../../src/tools/statistics.js';
import { box, coco } from '../support/coco.js';
import { memoryFiles } from '../support/memory-files.js';
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
    for await (const { path, bytes } of conversion.files) fs.put(path, bytes);
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

  it('never writes two images into one file', async () => {
    const json = {
      images: ['train/a.png', 'val/a.png'].map((file_name, i) => ({ id: i, file_name, width: 4, height: 4 })),
      annotations: [],
      categories: [],
    };
    const source = await openDataset(memoryFiles({ '/d/a.json': JSON.stringify(json) }), '/d/a.json');
    for (const format of ['voc', 'masks'] as const)
      expect(() => convert(source, format, '/o')).toThrow('train/a.png and val/a.png have one name');
    expect(() => convert(source, 'labelme', '/o')).not.toThrow();
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
    for await (const { path, bytes } of conversion.files) fs.put(path, bytes);
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
