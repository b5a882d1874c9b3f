import { type MemoryFiles, memoryFiles } from './memory-files.js';
import { picture } from './pictures.js';

/** A rectangle as COCO's polygons. */
export function box(x: number, y: number, w: number, h: number): number[][] {
  return [[x, y, x + w, y, x + w, y + h, x, y + h]];
}

/** Two pictures of 20×20 pixels and a COCO file with annotations of the first, and three classes. */
export function coco(annotations: Record<string, unknown>[], name = '/d/a.json'): MemoryFiles {
  const json = {
    images: [
      { id: 1, file_name: 'a.png', width: 20, height: 20 },
      { id: 2, file_name: 'b.png', width: 20, height: 20 },
    ],
    annotations: annotations.map((one, i) => ({
      id: i + 1,
      image_id: 1,
      category_id: 1,
      iscrowd: 0,
      ...one,
    })),
    categories: [
      { id: 1, name: 'cat' },
      { id: 2, name: 'dog' },
      { id: 3, name: 'unused' },
    ],
  };
  return memoryFiles({
    [name]: JSON.stringify(json),
    '/d/a.png': picture(20, 20),
    '/d/b.png': picture(20, 20),
  });
}
