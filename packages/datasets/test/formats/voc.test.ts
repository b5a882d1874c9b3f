import { decodeRle, encodeRle, maskOf, pixelsOf } from '@cutkit/core';
import fc from 'fast-check';
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { openVoc } from '../../src/formats/voc/open-voc.js';
import { AnnotationError } from '../../src/model/annotation-error.js';
import { readPng } from '../../src/png/read-png.js';
import { vocColour } from '../../src/png/voc-colours.js';
import { writePng } from '../../src/png/write-png.js';
import { memoryFiles } from '../support/memory-files.js';
import { picture } from '../support/pictures.js';

const PALETTE = Array.from({ length: 256 }, (_, i) => vocColour(i));
const XML = `<?xml version="1.0"?>
<annotation>
	<folder>VOC2012</folder>
	<filename>a.jpg</filename> <!-- kept -->
	<size><width>6</width><height>4</height><depth>3</depth></size>
	<segmented>1</segmented>
	<object>
		<name>cat</name>
		<pose>Left</pose>
		<truncated>0</truncated>
		<bndbox>
			<xmin>1</xmin>
			<ymin>1</ymin>
			<xmax>2</xmax>
			<ymax>2</ymax>
		</bndbox>
	</object>
	<object>
		<name>dog</name>
		<bndbox><xmax>6</xmax><xmin>4</xmin><ymin>1</ymin><ymax>4</ymax></bndbox>
		<part><name>head</name></part>
	</object>
</annotation>
`;
const OBJECTS = [1, 1, 255, 2, 2, 2, 1, 1, 255, 2, 2, 0, 255, 255, 255, 2, 0, 0, 0, 0, 0, 2, 0, 0];
const CLASSES = OBJECTS.map((value) => (value === 1 ? 8 : value === 2 ? 12 : value));
const png = (values: number[]) =>
  writePng({ width: 6, height: 4, depth: 8, channels: 1, palette: PALETTE, values });

function files(withMasks = true) {
  return memoryFiles({
    '/d/Annotations/a.xml': XML,
    '/d/JPEGImages/a.jpg': picture(6, 4),
    '/d/JPEGImages/b.jpg': picture(6, 4),
    ...(withMasks && {
      '/d/SegmentationObject/a.png': png(OBJECTS),
      '/d/SegmentationClass/a.png': png(CLASSES),
    }),
  });
}

describe('Pascal VOC', () => {
  it('reads boxes from 1 and pixels by the order of objects', async () => {
    const dataset = await openVoc(files(), '/d');
    expect(dataset.classes.length).toBe(20);
    const { width, height, instances } = await dataset.read(0);
    expect([width, height]).toEqual([6, 4]);
    expect(instances).toMatchObject([
      { key: 'o0', classIndex: 7, box: [0, 0, 2, 2], shape: { kind: 'pixels' }, extra: { pose: 'Left' } },
      { key: 'o1', classIndex: 11, box: [3, 0, 3, 4] },
    ]);
    expect(await dataset.read(1)).toMatchObject({ name: 'b.jpg', width: 6, instances: [] });
    const boxes = await openVoc(files(false), '/d/Annotations/a.xml');
    expect((await boxes.read(0)).instances.map(({ shape }) => shape.kind)).toEqual(['box', 'box']);
    expect(await boxes.imagePath(0)).toBe('/d/JPEGImages/a.jpg');
  });

  it('changes the texts that change, and keeps comments, order and palette', async () => {
    const fs = files();
    const dataset = await openVoc(fs, '/d');
    await dataset.read(0);
    fs.apply(
      await dataset.save([
        {
          type: 'change',
          image: 0,
          key: 'o0',
          change: { classIndex: 11, box: [0, 0, 1, 1], extra: { pose: 'Right', truncated: '0' } },
        },
      ]),
    );
    expect(fs.text('/d/Annotations/a.xml')).toBe(
      XML.replace('cat', 'dog')
        .replace('Left', 'Right')
        .replace('<xmax>2</xmax>', '<xmax>1</xmax>')
        .replace('<ymax>2</ymax>', '<ymax>1</ymax>'),
    );
    expect([...readPng('x', fs.files.get('/d/SegmentationObject/a.png')!).values]).toEqual(OBJECTS);
    expect([...readPng('x', fs.files.get('/d/SegmentationClass/a.png')!).values]).toEqual(
      CLASSES.map((v) => (v === 8 ? 12 : v)),
    );
  });

  it('reads masks saved as greys of RGB by the values they show, and keeps them so', async () => {
    const grey = (values: number[]) =>
      writePng({ width: 6, height: 4, depth: 8, channels: 3, values: values.map((v) => v * 0x010101) });
    const fs = files();
    const expected = (await (await openVoc(fs, '/d')).read(0)).instances;
    fs.put('/d/SegmentationObject/a.png', grey(OBJECTS));
    fs.put('/d/SegmentationClass/a.png', grey(CLASSES));
    const dataset = await openVoc(fs, '/d');
    expect((await dataset.read(0)).instances).toEqual(expected);
    expect(await dataset.save([])).toEqual([]);

    fs.apply(await dataset.save([{ type: 'remove', image: 0, key: 'o0' }]));
    const valuesIn = (folder: string) => {
      const { channels, values } = readPng('x', fs.files.get(`/d/${folder}/a.png`)!);
      expect(channels).toBe(3);
      return [...values].map((value) => value / 0x010101);
    };
    expect(valuesIn('SegmentationObject')).toEqual(OBJECTS.map((v) => (v === 1 ? 0 : v === 2 ? 1 : v)));
    expect(valuesIn('SegmentationClass')).toEqual(CLASSES.map((v) => (v === 8 ? 0 : v)));
    const { instances } = await (await openVoc(fs, '/d')).read(0);
    expect(instances.map(({ classIndex }) => classIndex)).toEqual([11]);
  });

  it('says which greys it cannot write: with alpha, and of 16 bits', async () => {
    for (const png of [
      encode({
        width: 6,
        height: 4,
        channels: 4,
        data: Uint8Array.from(OBJECTS.flatMap((v) => [v, v, v, 255])),
      }),
      encode({
        width: 6,
        height: 4,
        channels: 3,
        depth: 16,
        data: Uint16Array.from(OBJECTS.flatMap((v) => [v, v, v])),
      }),
    ]) {
      const fs = files();
      fs.put('/d/SegmentationObject/a.png', png);
      const dataset = await openVoc(fs, '/d');
      expect((await dataset.read(0)).instances.map(({ shape }) => shape.kind)).toEqual(['pixels', 'pixels']);
      await expect(dataset.save([{ type: 'remove', image: 0, key: 'o0' }])).rejects.toMatchObject({
        code: 'FORMAT_CANNOT_HOLD',
      });
    }
  });

  it('writes no class beyond 255 into greys of 8 bits', async () => {
    const fs = files();
    const black = writePng({ width: 6, height: 4, depth: 8, channels: 3, values: OBJECTS.map(() => 0) });
    fs.put('/d/SegmentationClass/a.png', black);
    const dataset = await openVoc(fs, '/d');
    const classes = Array.from({ length: 240 }, (_, i) => ({ type: 'addClass', name: `n${i}` }) as const);
    const change = { classIndex: 255 };
    await expect(
      dataset.save([...classes, { type: 'change', image: 0, key: 'o0', change }]),
    ).rejects.toMatchObject({ code: 'FORMAT_CANNOT_HOLD', message: expect.stringContaining('end at 255') });
  });

  it('moves values up when an object goes, paints new ones, takes them back', async () => {
    const fs = files();
    const dataset = await openVoc(fs, '/d');
    const rle = encodeRle(
      maskOf(
        6,
        4,
        OBJECTS.map((_, i) => Number(i > 18)),
      ),
    );
    fs.apply(
      await dataset.save([
        { type: 'remove', image: 0, key: 'o0' },
        { type: 'add', image: 0, instance: { key: 'n', classIndex: 0, shape: { kind: 'pixels', rle } } },
      ]),
    );
    const objects = readPng('x', fs.files.get('/d/SegmentationObject/a.png')!);
    expect([...objects.values]).toEqual(OBJECTS.map((v, i) => (i > 18 ? 2 : v === 1 ? 0 : v === 2 ? 1 : v)));
    expect(objects.palette).toEqual(PALETTE);
    const { instances } = await (await openVoc(fs, '/d')).read(0);
    expect(instances.map(({ classIndex }) => classIndex)).toEqual([11, 0]);
    expect(pixelsOf(decodeRle((instances[1]!.shape as { rle: typeof rle }).rle))).toEqual(
      pixelsOf(decodeRle(rle)),
    );
    const again = await openVoc(fs, '/d');
    fs.apply(await again.save([{ type: 'remove', image: 0, key: 'o1' }]));
    const [start, end] = [XML.indexOf('\n\t<object>'), XML.indexOf('\n\t<object>', XML.indexOf('</object>'))];
    expect(fs.text('/d/Annotations/a.xml')).toBe(XML.slice(0, start) + XML.slice(end));
  });

  it('writes all files of an image that had none', async () => {
    const fs = files();
    const dataset = await openVoc(fs, '/d');
    const rle = encodeRle(
      maskOf(
        6,
        4,
        OBJECTS.map((_, i) => Number(i % 6 < 2)),
      ),
    );
    fs.apply(
      await dataset.save([
        { type: 'add', image: 1, instance: { key: 'n', classIndex: 2, shape: { kind: 'pixels', rle } } },
      ]),
    );
    const again = await openVoc(fs, '/d');
    expect(await again.read(1)).toMatchObject({
      width: 6,
      height: 4,
      instances: [{ classIndex: 2, box: [0, 0, 2, 4], shape: { kind: 'pixels', rle } }],
    });
  });

  it('names the line of broken XML, and goes on with other files', async () => {
    const fs = files();
    fs.put('/d/Annotations/b.xml', '<annotation>\n<object>\n</annotation>');
    const dataset = await openVoc(fs, '/d');
    expect(dataset.findings).toMatchObject([
      { kind: 'unreadable-file', location: { path: '/d/Annotations/b.xml' } },
    ]);
    await expect(openVoc(fs, '/d/Annotations/b.xml')).rejects.toThrow(/b\.xml:3:\d+: /);
  });

  it('meets every mutilation with an error that has a line, or what is there', async () => {
    const bytes = new TextEncoder().encode(XML);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 0x20, max: 0x7e }), async (at, byte) => {
        const broken = bytes.slice();
        broken[at] = byte;
        const fs = memoryFiles({ '/d/Annotations/a.xml': broken });
        try {
          const dataset = await openVoc(fs, '/d/Annotations/a.xml');
          await dataset.read(0);
        } catch (error) {
          expect(error).toBeInstanceOf(AnnotationError);
          expect((error as AnnotationError).line).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });
});
