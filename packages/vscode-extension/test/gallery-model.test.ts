import { type FileSystem, openDataset } from '@cutkit/datasets';
import { describe, expect, it } from 'vitest';
import { GalleryModel } from '../src/host/gallery/gallery-model.js';
import type { GalleryFilter } from '../src/protocol/gallery.js';

const PROBLEMS: GalleryFilter = { text: '', state: 'problems', classIndex: undefined };

/** A gallery of COCO annotations in `/d`, of pictures that are there, and the paths that are asked for. */
async function gallery(images: readonly string[], there: readonly string[], annotations: unknown[] = []) {
  const coco = {
    images: images.map((file_name, i) => ({ id: i + 1, file_name, width: 4, height: 4 })),
    annotations,
    categories: [{ id: 1, name: 'cat' }],
  };
  const text = new TextEncoder().encode(JSON.stringify(coco));
  const asked: string[] = [];
  const fs: FileSystem = {
    stat: async (path) => {
      asked.push(path);
      const size = path === '/d/a.json' ? text.length : there.includes(path) ? 1 : -1;
      return size < 0 ? undefined : { type: 'file', size, modified: 1 };
    },
    list: async () => [],
    read: async (_, range) => text.slice(range?.start, range?.end),
  };
  const dataset = await openDataset(fs, '/d/a.json', { format: 'coco' });
  asked.length = 0;
  const model = new GalleryModel(fs, dataset, there, 1000);
  const shown = async (filter: GalleryFilter) =>
    model.entries(0, await model.filter(filter)).map(({ name }) => name);
  return { shown, asked };
}

describe('the filter for problems', () => {
  it('shows images whose file is missing, one of the name elsewhere or not', async () => {
    const { shown } = await gallery(
      ['a.png', 'gone.png', 'lost.png', 'b.png'],
      ['/d/a.png', '/d/b.png', '/d/deep/er/lost.png'],
    );
    expect(await shown(PROBLEMS)).toEqual(['gone.png', 'lost.png']);
    expect(await shown({ ...PROBLEMS, text: 'lost' })).toEqual(['lost.png']);
  });

  it('shows images whose annotations are wrong beside them', async () => {
    const broken = [{ id: 1, image_id: 1, category_id: 1, segmentation: [[1]], bbox: [0, 0, 1, 1] }];
    const { shown } = await gallery(['a.png', 'b.png', 'gone.png'], ['/d/a.png', '/d/b.png'], broken);
    expect(await shown(PROBLEMS)).toEqual(['a.png', 'gone.png']);
  });

  it('asks for a few of many pictures that are listed', async () => {
    const names = Array.from({ length: 500 }, (_, i) => `images/${i}.png`);
    const paths = names.map((name) => `/d/${name}`);
    const { shown, asked } = await gallery([...names, 'images/gone.png'], paths);
    expect(await shown(PROBLEMS)).toEqual(['images/gone.png']);
    expect(new Set(asked.filter((path) => paths.includes(path))).size).toBeLessThanOrEqual(32);
  });
});
