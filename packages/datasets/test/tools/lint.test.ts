import { describe, expect, it } from 'vitest';
import { openDataset } from '../../src/detect/open-dataset.js';
import type { Finding } from '../../src/model/finding.js';
import { wordsOf } from '../../src/sentences/sentence.js';
import { lint } from '../../src/tools/lint/lint.js';
import { box, coco } from '../support/coco.js';
import { editsOf, findingsOf } from '../support/mend.js';
import { picture } from '../support/pictures.js';

describe('lint', () => {
  const findings = async (annotations: Record<string, unknown>[], more: Record<string, Uint8Array> = {}) => {
    const fs = coco(annotations);
    for (const [path, bytes] of Object.entries(more)) fs.put(path, bytes);
    const dataset = await openDataset(fs, '/d/a.json');
    const found: Finding[] = [];
    for await (const one of lint(dataset, fs)) found.push(one);
    return { fs, dataset, found: found.filter(({ kind }) => kind !== 'unused-class') };
  };

  it('is silent about what is right', async () => {
    expect((await findings([{ segmentation: box(1, 1, 4, 4), bbox: [1, 1, 4, 4] }])).found).toEqual([]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['out-of-bounds', { segmentation: box(15, 15, 10, 10), bbox: [15, 15, 10, 10] }],
    ['empty', { segmentation: { size: [20, 20], counts: [400] }, bbox: [0, 0, 0, 0] }],
    ['invalid-mask', { segmentation: { size: [20, 20], counts: [3, 4] }, bbox: [0, 0, 1, 1] }],
    ['unknown-class', { segmentation: box(1, 1, 4, 4), category_id: 77 }],
    ['size-mismatch', { segmentation: { size: [10, 10], counts: [0, 100] } }],
    ['box-mismatch', { segmentation: box(1, 1, 4, 4), bbox: [9, 9, 4, 4] }],
    ['unknown-image', { segmentation: box(1, 1, 4, 4), image_id: 5 }],
    ['duplicate-id', { segmentation: box(1, 1, 4, 4), id: 1 }],
  ])('finds %s, at its place', async (kind, annotation) => {
    const { fs, found } = await findings([{ segmentation: box(1, 1, 2, 2), bbox: [1, 1, 2, 2] }, annotation]);
    expect(found.map((one) => one.kind)).toEqual([kind]);
    const { start, end } = found[0]!.location;
    expect(JSON.parse(fs.text('/d/a.json').slice(start, end))).toMatchObject(annotation);
    expect(wordsOf(found[0]!.message)).toMatch(/\.$/);
  });

  it.each<[string, Record<string, unknown>]>([
    ['out-of-bounds', { segmentation: box(15, 15, 10, 10), bbox: [15, 15, 10, 10] }],
    ['box-mismatch', { segmentation: box(1, 1, 4, 4), bbox: [9, 9, 4, 4] }],
    ['invalid-mask', { segmentation: [[1]], bbox: [0, 0, 1, 1] }],
  ])('mends %s by the fix that it offers', async (_, annotation) => {
    const { fs, dataset, found } = await findings([annotation]);
    fs.apply(await dataset.save(editsOf(found[0]!.fixes[0])));
    const again = await openDataset(fs, '/d/a.json');
    const left: string[] = [];
    for await (const { kind } of lint(again, fs)) if (kind !== 'unused-class') left.push(kind);
    expect(left).toEqual([]);
  });

  it('finds missing images and sizes that are not theirs', async () => {
    const { found } = await findings([], { '/d/b.png': picture(10, 20) });
    expect(found).toMatchObject([{ kind: 'size-mismatch', image: 1 }]);
    const fs = coco([]);
    fs.files.delete('/d/b.png');
    const kinds: string[] = [];
    for await (const { kind } of lint(await openDataset(fs, '/d/a.json'), fs)) kinds.push(kind);
    expect(kinds).toEqual(['missing-image', 'unused-class', 'unused-class', 'unused-class']);
  });
});

describe('a record of another size than its picture', () => {
  it('is one finding where the masks have the picture’s size', async () => {
    const mask = { segmentation: { size: [40, 40], counts: [0, 1600] }, bbox: [0, 0, 40, 40] };
    const fs = coco([mask, { segmentation: { size: [10, 10], counts: [0, 100] }, bbox: [0, 0, 10, 10] }]);
    fs.put('/d/a.png', picture(40, 40));
    const found = (await findingsOf(fs, '/d/a.json')).filter(({ kind }) => kind === 'size-mismatch');
    expect(found.map(({ message, key }) => [message.code, key])).toEqual([
      ['size-differs', undefined],
      ['mask-size-differs', '1'],
    ]);
  });
});
