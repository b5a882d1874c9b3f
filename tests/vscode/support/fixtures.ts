import { copyFile, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compressRle, encodeRle, maskOf } from '@cutkit/core';

/** The sample photo of the repository: 900 × 600. */
export const PHOTO: string = fileURLToPath(new URL('../../../packages/cli/sample/photo.jpg', import.meta.url));

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
