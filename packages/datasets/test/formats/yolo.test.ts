import { areaOf, decodeRle, encodeRle, pixelsOf } from '@cutkit/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openYolo } from '../../src/formats/yolo/open-yolo.js';
import { rleOf } from '../../src/geometry/instance-pixels.js';
import { AnnotationError } from '../../src/model/annotation-error.js';
import { wordsOf } from '../../src/sentences/sentence.js';
import { masks } from '../support/arbitrary.js';
import { memoryFiles } from '../support/memory-files.js';
import { picture } from '../support/pictures.js';

const YAML = `# made by hand
path: .
train: images/train
val: images/val   # few
nc: 2
names:
  - cat
  - "the dog"  # barks
`;
const LABELS =
  '0 0.1 0.1 0.5 0.1 0.5 0.5 0.1 0.5\r\n1 0.5 0.5 0.25 0.5\r\n\r\n1 0.5 0.5 0.6 0.5 0.6 0.6 0.875';

function files(more: Record<string, string | Uint8Array> = {}) {
  return memoryFiles({
    '/d/data.yaml': YAML,
    '/d/images/train/a.png': picture(20, 10),
    '/d/images/train/b.png': picture(8, 8),
    '/d/images/val/c.png': picture(8, 8),
    '/d/labels/train/a.txt': LABELS,
    ...more,
  });
}

describe('YOLO', () => {
  it('reads outlines, boxes and confidences of the images in data.yaml', async () => {
    const dataset = await openYolo(files(), '/d/data.yaml');
    expect(dataset.classes.map(({ name }) => name)).toEqual(['cat', 'the dog']);
    expect([0, 1, 2].map((i) => dataset.images.at(i).name)).toEqual([
      'images/train/a.png',
      'images/train/b.png',
      'images/val/c.png',
    ]);
    const { width, height, instances } = await dataset.read(0);
    expect([width, height]).toEqual([20, 10]);
    expect(instances.map(({ key, classIndex, shape }) => [key, classIndex, shape.kind])).toEqual([
      ['0', 0, 'polygons'],
      ['1', 1, 'box'],
      ['3', 1, 'polygons'],
    ]);
    expect(instances[0]!.box).toEqual([2, 1, 8, 4]);
    expect(instances[1]!.box).toEqual([7.5, 2.5, 5, 5]);
    expect(instances[2]!.score).toBe(0.875);
    expect((await dataset.read(2)).instances).toEqual([]);
  });

  it('changes, removes and adds lines, and leaves the others byte for byte', async () => {
    const fs = files();
    const dataset = await openYolo(fs, '/d/data.yaml');
    await dataset.read(0);
    fs.apply(
      await dataset.save([
        { type: 'change', image: 0, key: '0', change: { classIndex: 1 } },
        { type: 'remove', image: 0, key: '1' },
        {
          type: 'add',
          image: 0,
          instance: { key: 'n', classIndex: 0, shape: { kind: 'box' }, box: [0, 0, 10, 5] },
        },
        {
          type: 'add',
          image: 2,
          instance: { key: 'm', classIndex: 0, shape: { kind: 'box' }, box: [0, 0, 8, 8] },
        },
      ]),
    );
    expect(fs.text('/d/labels/train/a.txt')).toBe(
      '1 0.1 0.1 0.5 0.1 0.5 0.5 0.1 0.5\r\n\r\n1 0.5 0.5 0.6 0.5 0.6 0.6 0.875\r\n0 0.25 0.25 0.5 0.5\r\n',
    );
    expect(fs.text('/d/labels/val/c.txt')).toBe('0 0.5 0.5 1 1\n');
  });

  it.each([
    [YAML, YAML.replace('nc: 2', 'nc: 3').replace('# barks\n', '# barks\n  - ox\n')],
    ['names: [a, b] # two\ntrain: images\n', 'names: [a, b, ox] # two\ntrain: images\n'],
    ['names:\n  0: a\n  1: b\ntrain: images\n', 'names:\n  0: a\n  1: b\n  2: ox\ntrain: images\n'],
    ['names: {0: a}\r\ntrain: images', 'names: {0: a, 1: ox}\r\ntrain: images'],
  ])('adds a class to the names and nowhere else', async (before, after) => {
    const fs = files({ '/d/data.yaml': before });
    const dataset = await openYolo(fs, '/d/data.yaml');
    fs.apply(await dataset.save([{ type: 'addClass', name: 'ox' }]));
    expect(fs.text('/d/data.yaml')).toBe(after);
  });

  it('keeps masks with holes and parts, through bridges, to the pixel', async () => {
    await fc.assert(
      fc.asyncProperty(
        masks(12).filter((mask) => areaOf(mask) > 0),
        async (mask) => {
          const { width, height } = mask;
          const fs = files({ '/d/images/val/c.png': picture(width, height) });
          const dataset = await openYolo(fs, '/d/data.yaml');
          const shape = { kind: 'pixels', rle: encodeRle(mask) } as const;
          fs.apply(
            await dataset.save([{ type: 'add', image: 2, instance: { key: 'n', classIndex: 1, shape } }]),
          );
          const [instance] = (await dataset.read(2)).instances;
          expect(pixelsOf(decodeRle(rleOf(instance!, width, height)))).toEqual(pixelsOf(mask));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('lists an image once, whatever splits it is in', async () => {
    const fs = memoryFiles({
      '/d/data.yaml': 'train: images\nval: images\nnames: [cat]\n',
      '/d/images/a.png': picture(4, 4),
    });
    expect((await openYolo(fs, '/d/data.yaml')).images.length).toBe(1);
  });

  it('reads folders without data.yaml, with names or numbers', async () => {
    const fs = memoryFiles({ '/d/images/a.png': picture(4, 4), '/d/labels/a.txt': '3 0.5 0.5 1 1\n' });
    expect((await openYolo(fs, '/d')).classes.map(({ name }) => name)).toEqual(['0', '1', '2', '3']);
    fs.put('/d/classes.txt', 'one\ntwo\n');
    const dataset = await openYolo(fs, '/d');
    expect((await dataset.read(0)).instances[0]).toMatchObject({ classIndex: -1, extra: { class: '3' } });
    fs.apply(await dataset.save([{ type: 'addClass', name: 'three' }]));
    expect(fs.text('/d/classes.txt')).toBe('one\ntwo\nthree\n');
  });

  it('says what it cannot hold', async () => {
    const dataset = await openYolo(files(), '/d/data.yaml');
    const crowd = { type: 'change', image: 0, key: '0', change: { crowd: true } } as const;
    await expect(dataset.save([crowd])).rejects.toMatchObject({ code: 'FORMAT_CANNOT_HOLD' });
  });

  it('refuses when a label file changed after it was read', async () => {
    const fs = files();
    const dataset = await openYolo(fs, '/d/data.yaml');
    await dataset.read(0);
    fs.put('/d/labels/train/a.txt', '0 0.5 0.5 1 1\n');
    await expect(dataset.save([{ type: 'remove', image: 0, key: '1' }])).rejects.toMatchObject({
      code: 'DATASET_CHANGED',
    });
  });

  it('shows broken lines as such, whatever they hold', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.stringMatching(/^[0-9a .e+-]{0,12}$/), { maxLength: 6 }),
        async (lines) => {
          const dataset = await openYolo(
            files({ '/d/labels/train/a.txt': lines.join('\n') }),
            '/d/data.yaml',
          );
          const { instances } = await dataset.read(0);
          expect(instances.length).toBe(lines.filter((line) => line.trim() !== '').length);
          for (const { shape } of instances)
            if (shape.kind === 'invalid') expect(wordsOf(shape.reason)).toMatch(/\.$/);
        },
      ),
    );
  });

  it.each([
    ['names: [a, b', ':1:'],
    ['names:\n - a\n- b: {', ':3:'],
    ['', 'no keys'],
  ])('names the line of a broken data.yaml', async (text, place) => {
    const opening = openYolo(files({ '/d/data.yaml': text }), '/d/data.yaml');
    await expect(opening).rejects.toThrow(AnnotationError);
    await expect(opening).rejects.toThrow(place);
  });
});
