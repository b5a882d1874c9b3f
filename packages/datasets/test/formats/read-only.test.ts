import { compressRle } from '@cutkit/core';
import fc from 'fast-check';
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { openCityscapes } from '../../src/formats/cityscapes/open-cityscapes.js';
import { openPanoptic } from '../../src/formats/panoptic/open-panoptic.js';
import { openSa1b } from '../../src/formats/sa1b/open-sa1b.js';
import { AnnotationError } from '../../src/model/annotation-error.js';
import { writePng } from '../../src/png/write-png.js';
import { memoryFiles } from '../support/memory-files.js';
import { picture } from '../support/pictures.js';

const png = (values: number[], more = {}) =>
  writePng({ width: 4, height: 2, depth: 8, channels: 1, values, ...more });

describe('COCO panoptic', () => {
  const json = {
    images: [{ id: 1, file_name: 'a.jpg', width: 4, height: 2 }],
    annotations: [
      {
        image_id: 1,
        file_name: 'a.png',
        segments_info: [
          { id: 70000, category_id: 3, iscrowd: 0, bbox: [0, 0, 1, 2], area: 2 },
          { id: 5, category_id: 9, iscrowd: 1, bbox: [1, 0, 2, 1], area: 2 },
          { id: 6, category_id: 3, iscrowd: 0, bbox: [0, 0, 0, 0], area: 0 },
        ],
      },
    ],
    categories: [
      { id: 3, name: 'cat', isthing: 1 },
      { id: 9, name: 'sky', isthing: 0 },
    ],
  };

  it('reads segments by the colours of its PNG', async () => {
    const fs = memoryFiles({
      '/d/panoptic_val.json': JSON.stringify(json),
      '/d/panoptic_val/a.png': png([70000, 5, 5, 0, 70000, 0, 0, 0], { channels: 3 }),
    });
    const dataset = await openPanoptic(fs, '/d/panoptic_val.json', { chunk: 50 });
    const { instances } = await dataset.read(0);
    expect(instances).toMatchObject([
      { classIndex: 0, crowd: false, box: [0, 0, 1, 2], extra: { id: 70000 } },
      { classIndex: 1, crowd: true, box: [1, 0, 2, 1] },
      { shape: { kind: 'invalid' } },
    ]);
    await expect(dataset.save([])).rejects.toMatchObject({ code: 'FORMAT_READ_ONLY' });
  });
});

describe('Cityscapes', () => {
  const root = '/d/gtFine/val/ulm/ulm_000000_000019_gtFine';
  const image = '/d/leftImg8bit/val/ulm/ulm_000000_000019_leftImg8bit.png';

  it('reads instance ids, with groups as crowds, and finds the images', async () => {
    const fs = memoryFiles({
      [`${root}_instanceIds.png`]: png([7, 7, 26001, 26002, 3, 0, 26, 24000], { depth: 16 }),
      [`${root}_labelIds.png`]: png([7, 7, 26, 26, 3, 0, 26, 24]),
      [image]: picture(4, 2),
    });
    const dataset = await openCityscapes(fs, '/d');
    expect(dataset.images.find(image)).toBe(0);
    expect(await dataset.imagePath(0)).toBe(image);
    const { instances } = await dataset.read(0);
    expect(
      instances.map(({ key, classIndex, crowd }) => [key, dataset.classes[classIndex]!.name, crowd]),
    ).toEqual([
      ['7', 'road', false],
      ['26', 'car', true],
      ['24000', 'person', false],
      ['26001', 'car', false],
      ['26002', 'car', false],
    ]);
  });

  it('reads ids saved as greys of RGB, of eight bits and sixteen', async () => {
    const ids = [7, 7, 26001, 26002, 3, 0, 26, 24000];
    const grey = Uint16Array.from(ids.flatMap((id) => [id, id, id]));
    const keysOf = async (name: string, bytes: Uint8Array) => {
      const dataset = await openCityscapes(memoryFiles({ [`${root}_${name}.png`]: bytes }), '/d');
      return (await dataset.read(0)).instances.map(({ key }) => key);
    };
    const wide = encode({ width: 4, height: 2, channels: 3, depth: 16, data: grey });
    expect(await keysOf('instanceIds', wide)).toEqual(['7', '26', '24000', '26001', '26002']);
    const labels = [7, 7, 26, 26, 3, 0, 26, 24].map((id) => id * 0x010101);
    expect(await keysOf('labelIds', png(labels, { channels: 3 }))).toEqual(['7', '24', '26']);
    // One pixel of a colour, and it is a picture of colours.
    const coloured = png([...labels.slice(0, 7), 0x0000ff], { channels: 3 });
    expect(await keysOf('labelIds', coloured)).toContain(String(7 * 0x010101));
  });

  it('reads polygons where there are no masks', async () => {
    const objects = [
      {
        label: 'road',
        polygon: [
          [0, 0],
          [4, 0],
          [4, 2],
        ],
      },
      {
        label: 'cargroup',
        polygon: [
          [0, 0],
          [2, 0],
          [2, 2],
        ],
      },
      {
        label: 'ego vehicle',
        polygon: [
          [0, 0],
          [2, 0],
          [2, 2],
        ],
      },
      { label: 'person', polygon: [[0, 0]] },
    ];
    const fs = memoryFiles({
      [`${root}_polygons.json`]: JSON.stringify({ imgHeight: 2, imgWidth: 4, objects }),
    });
    const dataset = await openCityscapes(fs, `${root}_polygons.json`);
    const { width, instances } = await dataset.read(0);
    expect(width).toBe(4);
    expect(
      instances.map(({ classIndex, crowd, shape }) => [dataset.classes[classIndex]!.name, crowd, shape.kind]),
    ).toEqual([
      ['road', false, 'polygons'],
      ['car', true, 'polygons'],
      ['person', false, 'invalid'],
    ]);
  });
});

describe('SA-1B', () => {
  const rle = { size: [2, 4], counts: [2, 3, 3] } as const;
  const json = {
    image: { image_id: 7, width: 4, height: 2, file_name: 'sa_7.jpg' },
    annotations: [
      {
        id: 1,
        segmentation: compressRle(rle),
        bbox: [1, 0, 2, 2],
        area: 3,
        predicted_iou: 0.9,
        point_coords: [[1, 1]],
      },
    ],
  };

  it('reads one file or a folder of them', async () => {
    const fs = memoryFiles({
      '/d/sa_7.json': JSON.stringify(json),
      '/d/sa_7.jpg': picture(4, 2),
      '/d/sa_8.json': '{"image": {}',
    });
    for (const path of ['/d', '/d/sa_7.json']) {
      const dataset = await openSa1b(fs, path);
      const { instances } = await dataset.read(dataset.images.find('/d/sa_7.jpg'));
      expect(instances).toMatchObject([
        { shape: { kind: 'pixels', rle }, extra: { id: 1, predicted_iou: 0.9 } },
      ]);
    }
    const dataset = await openSa1b(fs, '/d');
    await expect(dataset.read(1)).rejects.toThrow('/d/sa_8.json:1:13: the file breaks off.');
  });
});

describe('files that are only read', () => {
  const FILES: [string, string, typeof openSa1b][] = [
    [
      '/d/sa_7.json',
      '{"image": {"width": 4, "height": 2}, "annotations": [{"segmentation": {"size": [2, 4], "counts": [8]}}, null]}',
      openSa1b,
    ],
    [
      '/d/x_gtFine_polygons.json',
      '{"imgWidth": 4, "imgHeight": 2, "objects": [{"label": "car", "polygon": [[0, 0], [1, 0], [1, 1]]}, null]}',
      openCityscapes,
    ],
    [
      '/d/p.json',
      '{"images": [{"id": 1, "file_name": "a"}], "annotations": [{"image_id": 1, "file_name": "a.png", "segments_info": [{"id": 1}, null]}], "categories": []}',
      openPanoptic,
    ],
  ];

  it.each(FILES)(
    'meet every mutilation with an error that has a line, or what is there: %s',
    async (path, text, open) => {
      const pieces = fc.constantFrom('null', '1', '[]', '{}', '"', ',', '}', ' ');
      await fc.assert(
        fc.asyncProperty(fc.nat(text.length), fc.nat(12), pieces, async (at, gone, piece) => {
          const fs = memoryFiles({ [path]: text.slice(0, at) + piece + text.slice(at + gone) });
          try {
            const dataset = await open(fs, path);
            for await (const { instances } of dataset.records())
              expect(instances.length).toBeLessThanOrEqual(2);
          } catch (error) {
            expect(error).toBeInstanceOf(AnnotationError);
            expect((error as AnnotationError).line).toBeGreaterThan(0);
          }
        }),
        { numRuns: 400 },
      );
    },
  );
});
