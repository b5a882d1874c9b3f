import { decodeRle, encodeRle, pixelsOf } from '@cutkit/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openLabelme } from '../../src/formats/labelme/open-labelme.js';
import { rleOf } from '../../src/geometry/instance-pixels.js';
import { partsOfMask } from '../../src/geometry/parts.js';
import { AnnotationError } from '../../src/model/annotation-error.js';
import { masks } from '../support/arbitrary.js';
import { memoryFiles } from '../support/memory-files.js';
import { picture } from '../support/pictures.js';

const FILE = `{
  "version": "5.4.1",
  "flags": {},
  "shapes": [
    {
      "label": "cat",
      "points": [
        [
          1.0,
          1.50
        ],
        [
          4.0,
          1.0
        ],
        [
          4.0,
          4.0
        ]
      ],
      "group_id": 5,
      "description": "left half",
      "shape_type": "polygon",
      "flags": {"occluded": true},
      "mine": 1e3
    },
    {
      "label": "dog",
      "points": [[6, 2], [2, 6]],
      "group_id": null,
      "shape_type": "rectangle"
    },
    {
      "label": "cat",
      "points": [[5, 5], [7, 5], [7, 7]],
      "group_id": 5,
      "shape_type": "polygon"
    },
    { "label": "eye", "points": [[3, 3]], "shape_type": "point" },
    { "label": "ball", "points": [[4, 4], [6, 4]], "shape_type": "circle" }
  ],
  "imagePath": "a.png",
  "imageData": null,
  "imageHeight": 8,
  "imageWidth": 10
}
`;

const files = (text = FILE) =>
  memoryFiles({
    '/d/a.json': text,
    '/d/a.png': picture(10, 8),
    '/d/b.png': picture(6, 4),
    '/d/other.json': '{"x": 1}',
  });

describe('LabelMe', () => {
  it('reads shapes of every type, groups as one instance, and images without a file', async () => {
    const dataset = await openLabelme(files(), '/d');
    expect([0, 1].map((i) => dataset.images.at(i))).toMatchObject([
      { name: 'a.png', width: 10, height: 8, count: 5 },
      { name: 'b.png', count: 0 },
    ]);
    expect(dataset.classes.map(({ name }) => name)).toEqual(['cat', 'dog', 'eye', 'ball']);
    const { instances } = await dataset.read(0);
    expect(instances.map(({ key, shape }) => [key, shape.kind])).toEqual([
      ['0+2', 'polygons'],
      ['1', 'box'],
      ['3', 'none'],
      ['4', 'polygons'],
    ]);
    expect(instances[0]).toMatchObject({
      extra: { group_id: 5, description: 'left half', mine: 1000 },
      box: [1, 1, 6, 6],
    });
    expect(instances[1]!.box).toEqual([2, 2, 4, 4]);
    expect(await dataset.read(1)).toMatchObject({ width: 6, height: 4, instances: [], files: [] });
  });

  it('lists images without a file where others have one, not those of another data set below', async () => {
    const fs = files();
    for (const [path, content] of [
      ['/d/sub/a.json', FILE],
      ['/d/sub/c.png', picture(6, 4)],
      ['/d/torn/d.json', '{"shapes": ['],
      ['/d/torn/d.png', picture(6, 4)],
      ['/d/torn/e.png', picture(6, 4)],
      ['/d/yolo/data.yaml', 'names: [cat]'],
      ['/d/yolo/images/a.png', picture(10, 8)],
    ] as const)
      fs.put(path, content);
    const { images } = await openLabelme(fs, '/d');
    const names = Array.from({ length: images.length }, (_, i) => images.at(i).name);
    expect(names).toEqual(['a.png', 'b.png', 'sub/a.png', 'sub/c.png', 'torn/e.png']);
  });

  it('opens one file alone', async () => {
    const dataset = await openLabelme(files(), '/d/a.json');
    expect(dataset.images.length).toBe(1);
    expect(await dataset.imagePath(0)).toBe('/d/a.png');
  });

  it('changes only the members that change', async () => {
    const fs = files();
    const dataset = await openLabelme(fs, '/d');
    await dataset.read(0);
    fs.apply(
      await dataset.save([
        { type: 'change', image: 0, key: '0+2', change: { classIndex: 1 } },
        { type: 'change', image: 0, key: '1', change: { box: [1, 2, 3, 4] } },
        { type: 'remove', image: 0, key: '3' },
      ]),
    );
    const want = FILE.replaceAll('"label": "cat"', '"label": "dog"')
      .replace('[[6, 2], [2, 6]]', '[[1, 2], [4, 6]]')
      .replace('    { "label": "eye", "points": [[3, 3]], "shape_type": "point" },\n', '');
    expect(fs.text('/d/a.json')).toBe(want);
  });

  it('adds shapes and takes them back to the last byte', async () => {
    const fs = files();
    const dataset = await openLabelme(fs, '/d');
    const square = { outline: [0, 0, 2, 0, 2, 2, 0, 2], holes: [] };
    const shape = { kind: 'polygons', parts: [square, { outline: [5, 5, 6, 5, 6, 6], holes: [] }] } as const;
    fs.apply(await dataset.save([{ type: 'add', image: 0, instance: { key: 'n', classIndex: 0, shape } }]));
    const added = await (await openLabelme(fs, '/d')).read(0);
    const fresh = added.instances.at(-1)!;
    expect(fresh).toMatchObject({ key: '5+6', shape, extra: { group_id: 6 } });
    const again = await openLabelme(fs, '/d');
    fs.apply(await again.save([{ type: 'remove', image: 0, key: fresh.key }]));
    expect(fs.text('/d/a.json')).toBe(FILE);
  });

  it('writes a new file for an image without one, masks with holes kept to the pixel', async () => {
    await fc.assert(
      fc.asyncProperty(
        masks(10).filter((mask) => mask.data.includes(1)),
        fc.boolean(),
        async (mask, pixels) => {
          const { width, height } = mask;
          const fs = memoryFiles({ '/d/b.png': picture(width, height) });
          const dataset = await openLabelme(fs, '/d');
          const shape = pixels
            ? ({ kind: 'pixels', rle: encodeRle(mask) } as const)
            : ({ kind: 'polygons', parts: partsOfMask(mask) } as const);
          fs.apply(
            await dataset.save([
              { type: 'addClass', name: 'x' },
              { type: 'add', image: 0, instance: { key: 'n', classIndex: 0, shape } },
            ]),
          );
          const again = await openLabelme(fs, '/d');
          const { instances } = await again.read(0);
          expect(instances.length).toBe(1);
          expect(pixelsOf(decodeRle(rleOf(instances[0]!, width, height)))).toEqual(pixelsOf(mask));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('lists broken files and goes on with the others; names the line of the only one', async () => {
    const fs = files();
    fs.put('/d/c.json', '{\n"shapes": [,]\n}');
    const dataset = await openLabelme(fs, '/d');
    expect(dataset.findings).toMatchObject([
      { kind: 'unreadable-file', location: { path: '/d/c.json', start: 13 } },
    ]);
    expect(dataset.images.length).toBe(2);
    await expect(openLabelme(fs, '/d/c.json')).rejects.toThrow('/d/c.json:2:12:');
  });

  it('meets every mutilation with an error that has a line, a broken shape, or what is there', async () => {
    const bytes = new TextEncoder().encode(FILE);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 0x20, max: 0x7e }), async (at, byte) => {
        const broken = bytes.slice();
        broken[at] = byte;
        const fs = memoryFiles({ '/d/a.json': broken });
        try {
          const dataset = await openLabelme(fs, '/d/a.json');
          for await (const { instances } of dataset.records())
            expect(instances.length).toBeLessThanOrEqual(5);
        } catch (error) {
          expect(error).toBeInstanceOf(AnnotationError);
          expect((error as AnnotationError).line).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });
});
