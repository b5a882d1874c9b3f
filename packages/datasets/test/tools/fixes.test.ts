import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { openDataset } from '../../src/detect/open-dataset.js';
import { rleOf } from '../../src/geometry/instance-pixels.js';
import { readPng } from '../../src/png/read-png.js';
import { writePng } from '../../src/png/write-png.js';
import { applySplices } from '../../src/text/splice.js';
import { memoryFiles } from '../support/memory-files.js';
import { findingsOf, mend } from '../support/mend.js';
import { picture } from '../support/pictures.js';

const COCO = `{"info": {"by": "hand"},
"images": [{"id": 1, "file_name": "a.png", "width": 20, "height": 10},
 {"id": 2, "file_name": "b.png", "width": 20, "height": 10}],
"annotations": [
 {"id": 5, "image_id": 1, "category_id": 1, "segmentation": [[2, 2, 6, 2, 6, 6]], "bbox": [2, 2, 4, 4], "area": 8.0},
 {"id": 6, "image_id": 2, "category_id": 1, "segmentation": [[2, 2, 6, 2, 6, 6]], "bbox": [2, 2, 4, 4], "note": "ä"}],
"categories": [{"id": 1, "name": "cat"}]}
`;

/** A COCO file after replacements, with both of its pictures. */
function coco(...changes: readonly (readonly [string, string])[]) {
  const text = changes.reduce((all, [from, to]) => {
    expect(all).toContain(from);
    return all.replace(from, to);
  }, COCO);
  return memoryFiles({ '/d/a.json': text, '/d/a.png': picture(20, 10), '/d/b.png': picture(20, 10) });
}

const AT = { path: '/d/a.json' };

describe('fixes of COCO', () => {
  it('add an unknown class under its id: the list grows, annotations stay', async () => {
    const fs = coco(['"image_id": 2, "category_id": 1', '"image_id": 2, "category_id": 7']);
    const before = fs.text(AT.path);
    expect(await mend(fs, AT, 'unknown-class', 'fix-add-class', 'ox')).toEqual([]);
    expect(fs.text(AT.path)).toBe(before.replace('"cat"}', '"cat"}, {"id": 7, "name": "ox"}'));
  });

  it('change an annotation to another class', async () => {
    const fs = coco(['"image_id": 2, "category_id": 1', '"image_id": 2, "category_id": 7']);
    expect(await mend(fs, AT, 'unknown-class', 'fix-pick-class', 0)).toEqual([]);
    expect(fs.text(AT.path)).toBe(COCO);
  });

  it('give a new id to an annotation, an image and a class', async () => {
    const annotation = coco(['"id": 6', '"id": 5']);
    expect(await mend(annotation, AT, 'duplicate-id', 'fix-new-id')).toEqual([]);
    expect(annotation.text(AT.path)).toBe(COCO);
    const image = coco(['{"id": 2', '{"id": 1'], ['"image_id": 2', '"image_id": 1']);
    expect(await mend(image, AT, 'duplicate-id', 'fix-new-id')).toEqual([]);
    expect(image.text(AT.path)).toBe(COCO.replace('"image_id": 2', '"image_id": 1'));
    const category = coco(['"cat"}', '"cat"}, {"id": 1, "name": "ox"}']);
    expect(await mend(category, AT, 'duplicate-id', 'fix-new-id')).toEqual([]);
    expect(category.text(AT.path)).toContain(
      '"categories": [{"id": 1, "name": "cat"}, {"id": 2, "name": "ox"}]',
    );
  });

  it('remove annotations of an image that is not listed, and not one byte more', async () => {
    const fs = coco(
      ['"categories"', '"licenses": [],\n"categories"'],
      [',\n {"id": 6', ',\n {"id": 4, "image_id": 9, "category_id": 1, "segmentation": [[1]]},\n {"id": 6'],
      ['"note": "ä"}]', '"note": "ä"},\n {"id": 9, "image_id": "x", "category_id": 5}]'],
    );
    expect(await mend(fs, AT, 'unknown-image', 'fix-remove')).toEqual(['unknown-image']);
    expect(await mend(fs, AT, 'unknown-image', 'fix-remove')).toEqual([]);
    expect(fs.text(AT.path)).toBe(COCO.replace('"categories"', '"licenses": [],\n"categories"'));
  });

  it('remove annotations without an image in one save with others', async () => {
    const fs = coco([',\n {"id": 6', ',\n {"id": 4, "image_id": 9, "category_id": 1},\n {"id": 6']);
    const dataset = await openDataset(fs, AT.path);
    const both = [
      { type: 'removeOrphan', key: '1' },
      { type: 'remove', image: 0, key: '0' },
    ] as const;
    fs.apply(await dataset.save(both));
    expect(JSON.parse(fs.text(AT.path)).annotations).toEqual([JSON.parse(COCO).annotations[1]]);
  });

  it('never take an annotation that has an image for one without', async () => {
    const dataset = await openDataset(coco(), AT.path);
    for (const key of ['0', '9', 'x'])
      await expect(dataset.save([{ type: 'removeOrphan', key }])).rejects.toMatchObject({
        code: 'BAD_OPTION',
      });
  });

  it('remove a missing image with its annotations and nothing else', async () => {
    const fs = coco();
    fs.files.delete('/d/a.png');
    expect(await mend(fs, AT, 'missing-image', 'fix-remove-image')).toEqual([]);
    const { images, annotations, ...rest } = JSON.parse(fs.text(AT.path));
    const old = JSON.parse(COCO);
    expect(images).toEqual([old.images[1]]);
    expect(annotations).toEqual([old.annotations[1]]);
    expect(rest).toEqual({ info: old.info, categories: old.categories });
  });

  it('use the only picture of the name, and offer nothing where there are two', async () => {
    const fs = coco();
    fs.files.delete('/d/a.png');
    fs.put('/d/deep/er/a.png', picture(20, 10));
    expect(await mend(fs, AT, 'missing-image', 'fix-use-picture')).toEqual([]);
    expect(fs.text(AT.path)).toBe(COCO.replace('"a.png"', '"deep/er/a.png"'));
    fs.put('/d/a.json', COCO);
    fs.put('/d/two/ly/a.png', picture(20, 10));
    const [finding] = await findingsOf(fs, AT.path);
    expect(finding?.fixes.map(({ title }) => title.code)).toEqual(['fix-remove-image']);
  });

  it('scale everything to the picture’s size, or record that size', async () => {
    const fs = coco(['"note": "ä"}', '"keypoints": [2, 4, 2], "note": "ä"}']);
    fs.put('/d/b.png', picture(40, 20));
    expect(await mend(fs, AT, 'size-mismatch', 'fix-scale')).toEqual([]);
    const text = fs.text(AT.path);
    expect(JSON.parse(text).images[1]).toEqual({ id: 2, file_name: 'b.png', width: 40, height: 20 });
    expect(JSON.parse(text).annotations[1]).toMatchObject({
      segmentation: [[4, 4, 12, 4, 12, 12]],
      bbox: [4, 4, 8, 8],
      keypoints: [4, 8, 2],
      note: 'ä',
    });
    expect(text.slice(0, text.indexOf('{"id": 2'))).toBe(COCO.slice(0, COCO.indexOf('{"id": 2')));
    fs.put('/d/a.json', COCO);
    expect(await mend(fs, AT, 'size-mismatch', 'fix-record-size')).toEqual([]);
    expect(fs.text(AT.path)).toBe(
      COCO.replace('"b.png", "width": 20, "height": 10', '"b.png", "width": 40, "height": 20'),
    );
  });

  it('do not scale what is only turned', async () => {
    const fs = coco();
    fs.put('/d/b.png', picture(10, 20));
    const [finding] = await findingsOf(fs, AT.path);
    expect(finding?.message.code).toBe('size-turned');
    expect(finding?.fixes.map(({ title }) => title.code)).toEqual(['fix-record-size']);
  });

  it('scale a mask to its image', async () => {
    const fs = coco([
      '"segmentation": [[2, 2, 6, 2, 6, 6]], "bbox": [2, 2, 4, 4], "note"',
      '"segmentation": {"size": [5, 10], "counts": [0, 25, 25]}, "bbox": [0, 0, 10, 10], "note"',
    ]);
    expect(await mend(fs, AT, 'size-mismatch', 'fix-scale-mask')).toEqual([]);
    expect(JSON.parse(fs.text(AT.path)).annotations[1].segmentation).toEqual({
      size: [10, 20],
      counts: [0, 100, 100],
    });
  });

  it('never give a new class the id that annotations use without one', async () => {
    const fs = coco(['"image_id": 2, "category_id": 1', '"image_id": 2, "category_id": 2']);
    const dataset = await openDataset(fs, AT.path);
    fs.apply(await dataset.save([{ type: 'addClass', name: 'ox' }]));
    expect(fs.text(AT.path)).toContain('{"id": 3, "name": "ox"}');
  });
});

describe('fixes of YOLO', () => {
  const at = { path: '/d/data.yaml' };
  const files = (yaml: string) =>
    memoryFiles({
      '/d/data.yaml': yaml,
      '/d/images/a.png': picture(20, 10),
      '/d/labels/a.txt': '0 0.5 0.5 0.2 0.2\n3 0.5 0.5 0.2 0.2\n',
    });

  it('name an unknown class, and those before it by their numbers', async () => {
    const fs = files('train: images # all\nnc: 2\nnames: [cat, dog]\n');
    expect(await mend(fs, at, 'unknown-class', 'fix-add-class', 'ox')).toEqual([]);
    expect(fs.text('/d/data.yaml')).toBe('train: images # all\nnc: 4\nnames: [cat, dog, "2", ox]\n');
    expect(fs.text('/d/labels/a.txt')).toContain('\n3 ');
  });

  it('change a line to another class', async () => {
    const fs = files('train: images\nnames: [cat, dog]\n');
    expect(await mend(fs, at, 'unknown-class', 'fix-pick-class', 1)).toEqual([]);
    expect(fs.text('/d/labels/a.txt')).toBe('0 0.5 0.5 0.2 0.2\n1 0.5 0.5 0.2 0.2\n');
  });

  it('take a missing image off its list, or find it where its label is', async () => {
    const fs = files('train: train.txt\nnames: [cat, dog, x, y]\n');
    fs.put('/d/train.txt', './images/a.png\n./images/b.png\n./lost/a2.png\n');
    fs.put('/d/images/b.png', picture(20, 10));
    const before = fs.text('/d/train.txt');
    fs.put('/d/images/a2.png', picture(20, 10));
    expect(await mend(fs, at, 'missing-image', 'fix-use-picture')).toEqual([]);
    expect(fs.text('/d/train.txt')).toBe(before.replace('lost', 'images'));
    fs.files.delete('/d/images/a2.png');
    expect(await mend(fs, at, 'missing-image', 'fix-remove-image')).toEqual([]);
    expect(fs.text('/d/train.txt')).toBe('./images/a.png\n./images/b.png\n');
  });

  it('leave a picture alone whose label would be lost', async () => {
    const fs = files('train: train.txt\nnames: [cat, dog, x, y]\n');
    fs.put('/d/train.txt', './images/a.png\n');
    fs.put('/d/other/a.png', picture(20, 10));
    fs.files.delete('/d/images/a.png');
    const found = (await findingsOf(fs, at.path)).find(({ kind }) => kind === 'missing-image');
    expect(found?.fixes.map(({ title }) => title.code)).toEqual(['fix-remove-image']);
  });
});

describe('fixes of LabelMe', () => {
  const at = { path: '/d/a.json', format: 'labelme' } as const;
  const LABELME = `{
  "version": "5.5.0",
  "shapes": [
    {"label": "cat", "points": [[2, 2], [6, 2], [6, 6]], "group_id": null, "shape_type": "polygon"},
    {"label": "eye", "points": [[3, 4]], "group_id": null, "shape_type": "point"}
  ],
  "imagePath": "a.png",
  "imageHeight": 10,
  "imageWidth": 20
}
`;

  it('scale every point, or record the size', async () => {
    const fs = memoryFiles({ '/d/a.json': LABELME, '/d/a.png': picture(40, 20) });
    expect(await mend(fs, at, 'size-mismatch', 'fix-scale')).toEqual([]);
    const sizes = (text: string) =>
      text.replace('"imageHeight": 10', '"imageHeight": 20').replace('"imageWidth": 20', '"imageWidth": 40');
    expect(JSON.parse(fs.text('/d/a.json')).shapes.map((one: { points: unknown }) => one.points)).toEqual([
      [
        [4, 4],
        [12, 4],
        [12, 12],
      ],
      [[6, 8]],
    ]);
    fs.put('/d/a.json', LABELME);
    expect(await mend(fs, at, 'size-mismatch', 'fix-record-size')).toEqual([]);
    expect(fs.text('/d/a.json')).toBe(sizes(LABELME));
  });

  it('find the picture, or delete the annotations', async () => {
    const fs = memoryFiles({ '/d/a.json': LABELME, '/d/pictures/a.png': picture(20, 10) });
    expect(await mend(fs, at, 'missing-image', 'fix-use-picture')).toEqual([]);
    expect(fs.text('/d/a.json')).toBe(LABELME.replace('"a.png"', '"pictures/a.png"'));
    fs.files.delete('/d/pictures/a.png');
    const dataset = await openDataset(fs, '/d/a.json', { format: 'labelme' });
    const changes = await dataset.save([{ type: 'removeImage', image: 0 }]);
    expect(changes).toMatchObject([{ type: 'delete', path: '/d/a.json' }]);
  });
});

describe('fixes of Pascal VOC', () => {
  const at = { path: '/d', format: 'voc' } as const;
  const XML = `<annotation>
  <filename>a.png</filename>
  <size><width>6</width><height>4</height></size>
  <object><name>cat</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></object>
</annotation>
`;
  const palette = [
    [0, 0, 0],
    [9, 8, 7],
  ] as const;
  const mask = (value: number) => {
    const values = Uint8Array.from({ length: 24 }, (_, i) => (i % 6 < 2 && i < 12 ? value : 0));
    return writePng({ width: 6, height: 4, depth: 1, channels: 1, palette, values });
  };

  it('scale boxes and masks, whose palettes stay', async () => {
    const fs = memoryFiles({
      '/d/Annotations/a.xml': XML,
      '/d/JPEGImages/a.png': picture(12, 8),
      '/d/SegmentationObject/a.png': mask(1),
      '/d/SegmentationClass/a.png': mask(1),
    });
    expect(await mend(fs, at, 'size-mismatch', 'fix-scale')).toEqual([]);
    expect(fs.text('/d/Annotations/a.xml')).toBe(
      XML.replace('<width>6</width><height>4</height>', '<width>12</width><height>8</height>').replace(
        '<xmax>2</xmax><ymax>2</ymax>',
        '<xmax>4</xmax><ymax>4</ymax>',
      ),
    );
    for (const folder of ['SegmentationObject', 'SegmentationClass']) {
      const { width, height, depth, palette: kept, data } = decode(fs.files.get(`/d/${folder}/a.png`)!);
      expect([width, height, depth, kept]).toEqual([12, 8, 1, palette.map((one) => [...one])]);
      expect(data.length).toBeGreaterThan(0);
    }
    const { instances } = await (await openDataset(fs, '/d', { format: 'voc' })).read(0);
    const { counts } = rleOf(instances[0]!, 12, 8);
    expect(counts).toEqual([0, 4, 4, 4, 4, 4, 4, 4, 68]);
  });

  it('record the size where there are no masks', async () => {
    const fs = memoryFiles({ '/d/Annotations/a.xml': XML, '/d/JPEGImages/a.png': picture(12, 8) });
    expect(await mend(fs, at, 'size-mismatch', 'fix-record-size')).toEqual([]);
    expect(fs.text('/d/Annotations/a.xml')).toBe(
      XML.replace('<width>6</width><height>4</height>', '<width>12</width><height>8</height>'),
    );
  });

  it('delete what belongs to a picture that is not there', async () => {
    const fs = memoryFiles({
      '/d/Annotations/a.xml': XML,
      '/d/Annotations/b.xml': XML,
      '/d/JPEGImages/b.png': picture(6, 4),
      '/d/SegmentationObject/a.png': mask(1),
    });
    expect(await mend(fs, at, 'missing-image', 'fix-remove-files')).toEqual([]);
    expect([...fs.files.keys()]).toEqual(['/d/Annotations/b.xml', '/d/JPEGImages/b.png']);
  });
});

describe('fixes of mask PNGs', () => {
  const at = { path: '/d/masks', format: 'masks' } as const;
  const png = (values: number[]) => writePng({ width: 4, height: 2, depth: 8, channels: 1, values });

  it('scale pixel for pixel, with all other chunks as they were', async () => {
    const old = png([0, 1, 1, 0, 2, 0, 0, 2]);
    const text = new TextEncoder().encode('\0\0\0\u0003tEXta\0b');
    const chunk = new Uint8Array([...text, 0, 0, 0, 0]);
    const withText = applySplices(old, [{ start: 33, end: 33, bytes: chunk }]);
    const fs = memoryFiles({
      '/d/masks/a.png': withText,
      '/d/images/a.jpg': picture(8, 4),
      '/d/classes.txt': 'x\ny\n',
    });
    expect(await mend(fs, at, 'size-mismatch', 'fix-scale')).toEqual([]);
    const bytes = fs.files.get('/d/masks/a.png')!;
    expect(bytes.slice(33, 33 + chunk.length)).toEqual(chunk);
    expect([...readPng('a', bytes).values.slice(16, 24)]).toEqual([2, 2, 0, 0, 0, 0, 2, 2]);
  });

  it('name a value that only a later mask has, and those before it', async () => {
    const all = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [
        `/d/masks/${i}.png`,
        png([0, 1, 2, 1, 2, 0, 0, i === 29 ? 5 : 0]),
      ]),
    );
    const images = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`/d/images/${i}.jpg`, picture(4, 2)]),
    );
    const fs = memoryFiles({ ...all, ...images, '/d/classes.txt': 'x\ny\n' });
    expect(await mend(fs, at, 'unknown-class', 'fix-add-class', 'z')).toEqual([]);
    expect(fs.text('/d/classes.txt')).toBe('x\ny\nclass 3\nclass 4\nz\n');
  });

  it('delete a mask without a picture', async () => {
    const fs = memoryFiles({
      '/d/masks/a.png': png([0, 1, 0, 0, 0, 0, 0, 2]),
      '/d/masks/b.png': png([0, 1, 0, 0, 0, 0, 0, 2]),
      '/d/images/a.jpg': picture(4, 2),
    });
    expect(await mend(fs, at, 'missing-image', 'fix-remove-files')).toEqual([]);
    expect(fs.files.has('/d/masks/b.png')).toBe(false);
  });
});

describe('fixes of formats that are only read', () => {
  it('are not offered', async () => {
    const sa1b = {
      image: { width: 9, height: 9, file_name: 'a.jpg' },
      annotations: [{ segmentation: [[1]] }],
    };
    const fs = memoryFiles({ '/d/a.json': JSON.stringify(sa1b), '/d/a.jpg': picture(4, 2) });
    const found = await findingsOf(fs, '/d/a.json', 'sa1b');
    expect(found.map(({ kind }) => kind)).toEqual(['size-mismatch', 'invalid-mask']);
    expect(found.flatMap(({ fixes }) => fixes)).toEqual([]);
  });
});

describe('an image and what is in it', () => {
  it('are not changed in one save where each has a file', async () => {
    const json = {
      shapes: [
        {
          label: 'x',
          points: [
            [1, 1],
            [2, 1],
            [2, 2],
          ],
          shape_type: 'polygon',
        },
      ],
      imagePath: 'a.png',
      imageWidth: 4,
      imageHeight: 2,
    };
    const fs = memoryFiles({ '/d/a.json': JSON.stringify(json), '/d/a.png': picture(4, 2) });
    const dataset = await openDataset(fs, '/d/a.json', { format: 'labelme' });
    const both = [
      { type: 'scaleImage', image: 0, width: 8, height: 4 },
      { type: 'remove', image: 0, key: '0' },
    ] as const;
    await expect(dataset.save(both)).rejects.toMatchObject({ code: 'FORMAT_CANNOT_HOLD' });
  });
});
