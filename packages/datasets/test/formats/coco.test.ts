import { compressRle, encodeRle, maskOf } from '@cutkit/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCoco } from '../../src/formats/coco/open-coco.js';
import { AnnotationError } from '../../src/model/annotation-error.js';
import type { Edit } from '../../src/model/edit.js';
import { say } from '../../src/sentences/sentence.js';
import { masks } from '../support/arbitrary.js';
import { memoryFiles } from '../support/memory-files.js';

const square = [1, 1, 3, 1, 3, 3, 1, 3];
const COCO = {
  info: { description: 'hand made', odd: 1.5 },
  images: [
    { id: 7, file_name: 'a.jpg', width: 8, height: 6, flickr_url: 'x' },
    { id: 3, file_name: 'sub/b.jpg', width: 4, height: 4 },
    { id: 9, file_name: 'c.jpg', width: 5, height: 5 },
  ],
  annotations: [
    {
      id: 1,
      image_id: 7,
      category_id: 2,
      segmentation: [square, [5, 1, 7, 1, 7, 4, 5, 4]],
      area: 10,
      bbox: [1, 1, 6, 3],
      iscrowd: 0,
      mine: { a: [1] },
    },
    {
      id: 2,
      image_id: 3,
      category_id: 1,
      segmentation: { size: [4, 4], counts: [5, 2, 9] },
      area: 2,
      bbox: [1, 1, 1, 2],
      iscrowd: 1,
    },
    {
      id: 3,
      image_id: 7,
      category_id: 1,
      segmentation: {
        size: [6, 8],
        counts: compressRle(encodeRle(maskOf(8, 6, new Uint8Array(48).fill(1, 10, 14)))).counts,
      },
      area: 4,
      bbox: [2, 1, 4, 1],
      iscrowd: 0,
    },
    { id: 4, image_id: 3, category_id: 2, segmentation: [], area: 4, bbox: [0, 0, 2, 2], iscrowd: 0 },
  ],
  categories: [
    { id: 1, name: 'cat', supercategory: 'animal' },
    { id: 2, name: 'dog', supercategory: 'animal' },
  ],
};
const LAYOUTS: [string, string][] = [
  ['one line, as json.dump', JSON.stringify(COCO).replaceAll(/([,:])(?=\S)/g, '$1 ')],
  ['compact', JSON.stringify(COCO)],
  ['indented', `${JSON.stringify(COCO, null, 2)}\n`],
  ['annotations first, tabs', JSON.stringify(Object.fromEntries(Object.entries(COCO).reverse()), null, '\t')],
];

async function opened(text: string, chunk = 11) {
  const fs = memoryFiles({ '/d/anno.json': text, '/d/images/a.jpg': 'x', '/d/images/sub/b.jpg': 'x' });
  return { fs, dataset: await openCoco(fs, '/d/anno.json', { chunk }) };
}

async function edited(
  text: string,
  edits: (d: Awaited<ReturnType<typeof opened>>['dataset']) => Promise<Edit[]>,
) {
  const { fs, dataset } = await opened(text);
  const changes = await dataset.save(await edits(dataset));
  fs.apply(changes);
  return { after: fs.text('/d/anno.json'), changes, fs };
}

describe('COCO', () => {
  it('reads polygons in parts, run lengths of both kinds, crowds, boxes and unknown fields', async () => {
    const { dataset } = await opened(LAYOUTS[0]![1]);
    expect(dataset.images.length).toBe(3);
    expect(dataset.classes.map(({ name }) => name)).toEqual(['cat', 'dog']);
    const a = await dataset.read(0);
    expect(a).toMatchObject({ name: 'a.jpg', width: 8, height: 6, extra: { id: 7, flickr_url: 'x' } });
    expect(a.instances.map(({ shape }) => shape.kind)).toEqual(['polygons', 'pixels']);
    expect(a.instances[0]).toMatchObject({
      classIndex: 1,
      extra: { id: 1, mine: { a: [1] } },
      box: [1, 1, 6, 3],
    });
    const b = await dataset.read(1);
    expect(b.instances[0]).toMatchObject({
      crowd: true,
      shape: { kind: 'pixels', rle: { counts: [5, 2, 9] } },
    });
    expect(b.instances[1]!.shape.kind).toBe('box');
    expect((await dataset.read(2)).instances).toEqual([]);
  });

  it('knows counts, classes and paths without reading', async () => {
    const { dataset } = await opened(LAYOUTS[1]![1]);
    expect(dataset.images.at(0)).toEqual({
      index: 0,
      name: 'a.jpg',
      width: 8,
      height: 6,
      count: 2,
      classes: [1, 0],
    });
    expect(dataset.images.find('/d/images/sub/b.jpg')).toBe(1);
    expect(dataset.images.find('/d/images/other/b.jpg')).toBe(-1);
    expect(await dataset.imagePath(1)).toBe('/d/images/sub/b.jpg');
    expect(await dataset.imagePath(2)).toBeUndefined();
  });

  it.each(LAYOUTS)('indexes alike whatever the chunks: %s', async (_, text) => {
    const all = async (chunk: number) => {
      const { dataset } = await opened(text, chunk);
      const records = [];
      for await (const record of dataset.records()) records.push(record);
      return records;
    };
    const want = await all(1 << 20);
    for (const chunk of [1, 2, 3, 7, 64]) expect(await all(chunk)).toEqual(want);
  });

  it.each(LAYOUTS)('writes nothing for no edits, and takes back what it adds: %s', async (_, text) => {
    expect((await edited(text, async () => [])).changes).toEqual([]);
    const add: Edit = {
      type: 'add',
      image: 2,
      instance: {
        key: 'new',
        classIndex: 0,
        shape: { kind: 'polygons', parts: [{ outline: square, holes: [] }] },
      },
    };
    const grown = (await edited(text, async () => [add])).after;
    expect(JSON.parse(grown).annotations.at(-1)).toEqual({
      id: 5,
      image_id: 9,
      category_id: 1,
      segmentation: [square],
      area: 4,
      bbox: [1, 1, 2, 2],
      iscrowd: 0,
    });
    const back = await edited(grown, async (dataset) => {
      const { instances } = await dataset.read(2);
      return [{ type: 'remove', image: 2, key: instances[0]!.key }];
    });
    expect(back.after).toBe(text);
  });

  it.each(LAYOUTS)('changes only what is edited: %s', async (_, text) => {
    const { after, changes } = await edited(text, async () => [
      { type: 'change', image: 0, key: '0', change: { classIndex: 0, extra: { id: 1, mine: 2 } } },
      { type: 'change', image: 1, key: '1', change: { crowd: false } },
    ]);
    const want = structuredClone(COCO);
    Object.assign(want.annotations[0]!, { category_id: 1, mine: 2 });
    want.annotations[1]!.iscrowd = 0;
    expect(JSON.parse(after)).toEqual(want);
    const written = changes.flatMap((change) => (change.type === 'splice' ? change.splices : []));
    expect(written.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBe(3);
  });

  it.each(LAYOUTS)('adds classes and images, removes in any pattern: %s', async (_, text) => {
    await fc.assert(
      fc.asyncProperty(fc.subarray([0, 1, 2, 3]), fc.boolean(), async (gone, add) => {
        const { after } = await edited(text, async () => [
          ...gone.map((row): Edit => ({ type: 'remove', image: row % 2, key: String(row) })),
          ...(add
            ? ([
                { type: 'addClass', name: 'ox' },
                { type: 'addImage', path: '/d/images/new.jpg', width: 3, height: 3 },
                {
                  type: 'add',
                  image: 3,
                  instance: { key: 'n', classIndex: 2, shape: { kind: 'box' }, box: [0, 0, 1, 1] },
                },
              ] satisfies Edit[])
            : []),
        ]);
        const want: { images: object[]; annotations: object[]; categories: object[] } = structuredClone(COCO);
        want.annotations = want.annotations.filter((_one, row) => !gone.includes(row));
        if (add) {
          want.categories.push({ id: 3, name: 'ox' });
          want.images.push({ id: 10, file_name: 'new.jpg', width: 3, height: 3 });
          want.annotations.push({
            id: 5,
            image_id: 10,
            category_id: 3,
            segmentation: [],
            area: 1,
            bbox: [0, 0, 1, 1],
            iscrowd: 0,
          });
        }
        expect(JSON.parse(after)).toEqual(want);
      }),
      { numRuns: 32 },
    );
  });

  it('keeps any mask to the pixel: as run lengths, and outlines with holes', async () => {
    await fc.assert(
      fc.asyncProperty(masks(), async (mask) => {
        const { width, height } = mask;
        const rle = encodeRle(mask);
        const text = JSON.stringify({
          images: [{ id: 1, file_name: 'a', width, height }],
          categories: [{ id: 1, name: 'x' }],
        });
        const { fs } = await edited(text, async () => [
          { type: 'add', image: 0, instance: { key: 'n', classIndex: 0, shape: { kind: 'pixels', rle } } },
        ]);
        const again = await openCoco(fs, '/d/anno.json');
        expect((await again.read(0)).instances[0]!.shape).toEqual({ kind: 'pixels', rle });
      }),
    );
  });

  it('shows broken annotations as such, and leaves the others', async () => {
    const broken = structuredClone(COCO) as unknown as { annotations: Record<string, unknown>[] };
    broken.annotations[0]!['segmentation'] = [[1, 2, 3]];
    broken.annotations[1]!['segmentation'] = { size: [4, 4], counts: [5, 2] };
    broken.annotations[2]!['segmentation'] = { size: [6, 8], counts: '\u00e9~' };
    broken.annotations[3]!['segmentation'] = [square, [1, 2]];
    const { dataset } = await opened(JSON.stringify(broken));
    const shapes = [...(await dataset.read(0)).instances, ...(await dataset.read(1)).instances];
    expect(shapes.map(({ shape }) => shape.kind)).toEqual(['invalid', 'invalid', 'invalid', 'polygons']);
    expect(shapes[3]!.problem).toEqual(say('no-ring'));
  });

  it('finds duplicate ids and annotations of no image', async () => {
    const broken = structuredClone(COCO);
    broken.annotations[1]!.id = 1;
    broken.annotations[2]!.image_id = 99;
    const { dataset } = await opened(JSON.stringify(broken));
    expect(dataset.findings.map(({ kind }) => kind)).toEqual(['duplicate-id', 'unknown-image']);
  });

  it('refuses to save over another version of the file', async () => {
    const { fs, dataset } = await opened(LAYOUTS[0]![1]);
    fs.put('/d/anno.json', `${LAYOUTS[0]![1]} `);
    await expect(dataset.save([{ type: 'remove', image: 0, key: '0' }])).rejects.toMatchObject({
      code: 'DATASET_CHANGED',
    });
  });

  it('meets every mutilation with an error that has a line, or reads it as JSON.parse does', async () => {
    const text = LAYOUTS[2]![1];
    const bytes = new TextEncoder().encode(text);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.nat(bytes.length - 1),
        fc.integer({ min: 0x20, max: 0x7e }),
        async (at, cut, byte) => {
          const broken = bytes.slice(0, cut % 3 === 0 ? cut : bytes.length);
          if (at < broken.length) broken[at] = byte;
          const fs = memoryFiles({ '/d/anno.json': broken });
          try {
            const dataset = await openCoco(fs, '/d/anno.json', { chunk: 200 });
            JSON.parse(fs.text('/d/anno.json'));
            for await (const record of dataset.records())
              expect(record.instances.length).toBeGreaterThanOrEqual(0);
          } catch (error) {
            expect(error).toBeInstanceOf(AnnotationError);
            expect((error as AnnotationError).line).toBeGreaterThan(0);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
