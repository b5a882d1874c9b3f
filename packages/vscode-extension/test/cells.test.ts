import { describe, expect, it } from 'vitest';
import type { GalleryEntry, GalleryView } from '../src/protocol/gallery.js';
import { type CellHost, Cells } from '../src/webview/gallery/cells.js';

const VIEW: GalleryView = { title: 'Gallery', format: 'COCO', classes: [], count: 1 };

/** A gallery of one cell, and the host's answers to its requests for entries, in the order of the questions. */
function galleryOfOne() {
  const answers: ((entries: GalleryEntry[]) => void)[] = [];
  const host: CellHost = {
    entries: () => new Promise<GalleryEntry[]>((resolve) => answers.push(resolve)),
    thumbnail: async () => ({ width: 0, height: 0, count: 0, masks: [] }),
  };
  const draw = () => setTimeout(() => cells.ask(0, 1, false));
  const cells: Cells = new Cells(host, VIEW, draw);
  draw();
  return { cells, answers };
}

describe('Cells', () => {
  it('asks about another list even while a question about the one before is under way', async () => {
    const { cells, answers } = galleryOfOne();
    await expect.poll(() => answers).toHaveLength(1);
    cells.reset();
    cells.ask(0, 1, false);
    answers[0]!([{ name: 'before.jpg' }]);
    await expect.poll(() => answers).toHaveLength(2);
    expect(cells.entry(0)).toBeUndefined();
    answers[1]!([{ name: 'now.jpg' }]);
    await expect.poll(() => cells.entry(0)?.name).toBe('now.jpg');
  });

  it('shows what it knew until it knows what it became', async () => {
    const { cells, answers } = galleryOfOne();
    await expect.poll(() => answers).toHaveLength(1);
    answers[0]!([{ name: 'photo.jpg', count: 1 }]);
    await expect.poll(() => cells.entry(0)?.count).toBe(1);
    cells.refresh(VIEW);
    cells.ask(0, 1, false);
    expect(cells.entry(0)?.count).toBe(1);
    await expect.poll(() => answers).toHaveLength(2);
    answers[1]!([{ name: 'photo.jpg', count: 2 }]);
    await expect.poll(() => cells.entry(0)?.count).toBe(2);
  });
});
