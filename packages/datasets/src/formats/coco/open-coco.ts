import { createImageFinder } from '../../images/image-finder.js';
import { imageSize } from '../../images/image-size.js';
import { AnnotationError } from '../../model/annotation-error.js';
import type { Dataset, RecordsOptions } from '../../model/dataset.js';
import type { FileSystem } from '../../model/file-system.js';
import { createImageList } from '../../model/image-list.js';
import type { OpenOptions } from '../../model/open-options.js';
import type { ImageRecord, Instance } from '../../model/record.js';
import { type Sentence, say, sayCount } from '../../sentences/sentence.js';
import { notFound } from '../refuse.js';
import { findingsOfIndex } from './coco-findings.js';
import type { CocoIndex } from './coco-index.js';
import { parseRow } from './parse-row.js';
import { readAnnotation } from './read-annotation.js';
import { type RowRange, readRows } from './read-rows.js';
import { saveCoco } from './save-coco.js';
import { type ScanOptions, scanCoco } from './scan-coco.js';

/** Annotations that {@link Dataset.records} reads at a time, in bytes. */
const BATCH = 48 * 2 ** 20;

/** Opens a COCO instances file: indexed in one pass, then read image by image. */
export async function openCoco(
  fs: FileSystem,
  path: string,
  options: OpenOptions & ScanOptions = {},
): Promise<Dataset> {
  const stat = await fs.stat(path);
  if (stat?.type !== 'file') throw notFound(path);
  const index = await scanCoco(fs, path, stat, options);
  const { images, annotations, first, order } = index;
  const find = createImageFinder(fs, path, images.names, options.images);
  const rowsOf = (image: number) => order.subarray(first[image]!, first[image + 1]!);

  const list = createImageList(images.names, (image) => ({
    width: images.widths[image]!,
    height: images.heights[image]!,
    count: first[image + 1]! - first[image]!,
    classes: [...new Set(Array.from(rowsOf(image), (row) => annotations.category[row]!))],
  }));

  const rangeOf = (row: number): RowRange => {
    const start = annotations.start[row]!;
    return { row, start, end: start + annotations.length[row]! };
  };

  /** The instances of images `from ≤ i < to`, each image's in the order of the file. */
  async function instances(from: number, to: number): Promise<Instance[][]> {
    const lists: Instance[][] = Array.from({ length: to - from }, () => []);
    const ranges = Array.from(order.subarray(first[from]!, first[to]!), rangeOf);
    for await (const { row, bytes } of readRows(fs, path, ranges)) {
      const value = await parseRow(fs, path, stat!, annotations.start[row]!, bytes);
      const { start, end } = rangeOf(row);
      const instance = readAnnotation(value, String(row), annotations.category[row]!, { path, start, end });
      lists[annotations.image[row]! - from]!.push(instance);
    }
    return lists;
  }

  /** The members of images `from ≤ i < to`. */
  async function values(from: number, to: number): Promise<Record<string, unknown>[]> {
    const list: Record<string, unknown>[] = [];
    const ranges = Array.from({ length: to - from }, (_, i) => {
      const start = images.start[from + i]!;
      return { row: i, start, end: start + images.length[from + i]! };
    });
    for await (const { row, bytes } of readRows(fs, path, ranges)) {
      list[row] = await parseRow(fs, path, stat!, ranges[row]!.start, bytes);
    }
    return list;
  }

  /** Images `from ≤ i < to`. */
  async function recordsIn(from: number, to: number): Promise<ImageRecord[]> {
    const [found, members] = await Promise.all([instances(from, to), values(from, to)]);
    return Promise.all(members.map((value, i) => record(from + i, value, found[i]!)));
  }

  /** Images `from ≤ i < to`; where one is broken they are read one by one, and those that are sound given. */
  async function* soundRecords(
    from: number,
    to: number,
    onBroken: RecordsOptions['onBroken'],
  ): AsyncGenerator<ImageRecord> {
    try {
      yield* await recordsIn(from, to);
    } catch (error) {
      if (!onBroken || !(error instanceof AnnotationError)) throw error;
      if (to - from === 1) onBroken(error, from);
      else for (let at = from; at < to; at++) yield* soundRecords(at, at + 1, onBroken);
    }
  }

  async function record(
    image: number,
    { file_name, width, height, ...extra }: Record<string, unknown>,
    found: readonly Instance[],
  ): Promise<ImageRecord> {
    const { name } = list.at(image);
    const stated = { width: images.widths[image]!, height: images.heights[image]! };
    const size = stated.width > 0 && stated.height > 0 ? stated : await sizeOfFile(name);
    const start = images.start[image]!;
    const location = { path, start, end: start + images.length[image]! };
    return { index: image, name, ...size, instances: found, files: [path], location, extra };
  }

  async function sizeOfFile(name: string): Promise<{ width: number; height: number }> {
    const file = await find(name);
    return (file !== undefined && (await imageSize(fs, file))) || { width: 0, height: 0 };
  }

  const dataset: Dataset = {
    format: 'coco',
    path,
    readOnly: undefined,
    notes: [notesOf(index)],
    classes: index.categories.map(({ id, name }, i) => ({ index: i, id, name })),
    images: list,
    findings: findingsOfIndex(index, true),
    imagePath: (image) => find(list.at(image).name),
    async read(image) {
      list.at(image);
      const [record] = await recordsIn(image, image + 1);
      return record!;
    },
    async *records({ signal, onProgress, onBroken }: RecordsOptions = {}) {
      for (let from = 0; from < list.length; ) {
        signal?.throwIfAborted();
        let [to, bytes] = [from, 0];
        while (to < list.length && (to === from || bytes < BATCH)) {
          for (const row of rowsOf(to)) bytes += annotations.length[row]!;
          to++;
        }
        for await (const record of soundRecords(from, to, onBroken)) yield record;
        from = to;
        onProgress?.({ stage: 'images', done: from, total: list.length });
      }
    },
    save: (edits) => saveCoco({ fs, path, stat, index, dataset }, edits),
  };
  return dataset;
}

function notesOf({ images, annotations, categories }: CocoIndex): Sentence {
  return say('note-coco', {
    images: sayCount('image', images.ids.length),
    annotations: sayCount('annotation', annotations.start.length),
    categories: sayCount('category', categories.length),
  });
}
