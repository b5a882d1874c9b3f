import { copyFile, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compressRle, encodeRle, maskOf } from '@cutkit/core';
import sharp from 'sharp';

/** The sample photo of the repository: 1200 × 900. */
export const PHOTO: string = fileURLToPath(
  new URL('../../../packages/cli/sample/photo.jpg', import.meta.url),
);

/** A folder with these files; `PHOTO` as content copies the photo. */
export async function folderOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cutkit-fixture-'));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    if (content === PHOTO) await copyFile(PHOTO, path);
    else await writeFile(path, content);
  }
  return folder;
}

/** A COCO data set of `photo.jpg` with a polygon with a hole's worth of parts, a compressed and a plain run-length mask. */
export function cocoOf(width: number, height: number): string {
  const disc = maskOf(
    width,
    height,
    Uint8Array.from({ length: width * height }, (_, i) =>
      Math.hypot((i % width) - width * 0.7, Math.floor(i / width) - height * 0.5) < height * 0.2 ? 1 : 0,
    ),
  );
  const bar = maskOf(
    width,
    height,
    Uint8Array.from({ length: width * height }, (_, i) => {
      const y = Math.floor(i / width);
      return y > height * 0.85 && y < height * 0.95 ? 1 : 0;
    }),
  );
  const annotation = (id: number, category: number, segmentation: unknown, bbox: number[]) => ({
    id,
    image_id: 1,
    category_id: category,
    segmentation,
    bbox,
    area: 1,
    iscrowd: 0,
    note: 'kept',
  });
  return JSON.stringify(
    {
      info: { description: 'test' },
      images: [{ id: 1, file_name: 'photo.jpg', width, height }],
      categories: [
        { id: 1, name: 'cat' },
        { id: 7, name: 'ball' },
      ],
      annotations: [
        annotation(
          11,
          1,
          [
            [100, 100, 300, 100, 300, 250, 100, 250],
            [150, 300, 250, 300, 200, 400],
          ],
          [100, 100, 200, 300],
        ),
        annotation(12, 7, compressRle(encodeRle(disc)), [0, 0, 1, 1]),
        annotation(13, 7, encodeRle(bar), [0, 0, 1, 1]),
      ],
    },
    null,
    1,
  );
}

/**
 * A COCO data set with a double id, a class without a name, an annotation without an image, a size that is half the
 * picture's, and a picture elsewhere.
 */
export function brokenCoco(): string {
  const annotation = (image: number, box: number[]) => ({
    id: 1,
    image_id: image,
    category_id: 9,
    bbox: box,
    segmentation: [],
  });
  return JSON.stringify({
    images: [
      { id: 1, file_name: 'photo.jpg', width: 600, height: 450 },
      { id: 2, file_name: 'lost.jpg', width: 1200, height: 900 },
    ],
    annotations: [
      annotation(1, [10, 10, 20, 20]),
      { ...annotation(7, [10, 10, 20, 20]), id: 2 },
      annotation(2, [10, 10, 20, 20]),
    ],
    categories: [{ id: 1, name: 'cat' }],
  });
}

/** A COCO data set of many images: of twenty, two have nothing, five a ball and the rest a cat. */
export function cocoOfMany(
  count: number,
  name: (i: number) => string,
  { width, height }: { readonly width: number; readonly height: number },
): string {
  const box = [20, 20, 60, 40] as const;
  const segmentation = [[20, 20, 80, 20, 80, 60, 20, 60]];
  const indices = Array.from({ length: count }, (_, i) => i);
  return JSON.stringify({
    images: indices.map((i) => ({ id: i + 1, file_name: `images/${name(i)}`, width, height })),
    categories: [
      { id: 1, name: 'cat' },
      { id: 2, name: 'ball' },
    ],
    annotations: indices
      .filter((i) => i % 10 !== 9)
      .map((i) => ({
        id: i + 1,
        image_id: i + 1,
        category_id: i % 20 < 5 ? 2 : 1,
        segmentation,
        bbox: box,
        area: 2400,
        iscrowd: 0,
      })),
  });
}

/** The corners of the one rectangle that the small fixtures hold: 200 × 150 pixels. */
const RECTANGLE = [100, 100, 300, 100, 300, 250, 100, 250] as const;

/** A LabelMe file with the rectangle. */
export function labelmeOf(imagePath: string, imageWidth: number, imageHeight: number): string {
  const points = [0, 2, 4, 6].map((i) => [RECTANGLE[i], RECTANGLE[i + 1]]);
  const shape = { label: 'cat', points, group_id: null, shape_type: 'polygon', flags: {} };
  const head = { version: '5.5.0', flags: {}, shapes: [shape], imagePath, imageData: null };
  return JSON.stringify({ ...head, imageHeight, imageWidth }, null, 2);
}

/** A line of YOLO with the rectangle. */
export function yoloOf(width: number, height: number): string {
  return `0 ${RECTANGLE.map((value, i) => value / (i % 2 === 0 ? width : height)).join(' ')}\n`;
}

/** A mask with the rectangle as a value, grey or the red of colours, as a PNG. */
export function maskPngOf(width: number, height: number, value = 255, channels: 1 | 3 = 1): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * channels);
  for (let y = 100; y < 250; y++) for (let x = 100; x < 300; x++) pixels[(y * width + x) * channels] = value;
  return sharp(pixels, { raw: { width, height, channels } })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .png()
    .toBuffer();
}

/** A Pascal VOC file with one object, the rectangle. */
export function vocOf(width: number, height: number): string {
  const size = `<size><width>${width}</width><height>${height}</height><depth>3</depth></size>`;
  const box = '<bndbox><xmin>101</xmin><ymin>101</ymin><xmax>300</xmax><ymax>250</ymax></bndbox>';
  return `<annotation>${size}<object><name>cat</name>${box}</object></annotation>\n`;
}

/** A COCO panoptic file with one segment, whose id is the value 9 of its PNG. */
export function panopticOf(stem: string, width: number, height: number): string {
  return JSON.stringify({
    images: [{ id: 1, file_name: `${stem}.jpg`, width, height }],
    annotations: [{ image_id: 1, file_name: `${stem}.png`, segments_info: [{ id: 9, category_id: 1 }] }],
    categories: [{ id: 1, name: 'cat', isthing: 1 }],
  });
}

/** An SA-1B file with one mask, the rectangle. */
export function sa1bOf(file: string, width: number, height: number): string {
  const pixels = Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return Number(x >= 100 && x < 300 && y >= 100 && y < 250);
  });
  return JSON.stringify({
    image: { image_id: 1, file_name: file, width, height },
    annotations: [{ id: 1, segmentation: compressRle(encodeRle(maskOf(width, height, pixels))) }],
  });
}
