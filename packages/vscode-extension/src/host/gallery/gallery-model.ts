import { compressRle } from '@cutkit/core';
import {
  type Dataset,
  type FileSystem,
  type ImageRecord,
  lint,
  rleOf,
  type Statistics,
  statistics,
} from '@cutkit/datasets';
import type { GalleryEntry, GalleryFilter, Thumbnail } from '../../protocol/gallery.js';
import { missingPictures } from './missing-pictures.js';

/** Masks of one cell that are drawn, the largest first: more are not told apart at its size. */
const MOST_MASKS = 64;

/** An image of a gallery: of the data set, or a picture that the data set does not know. */
interface Item {
  readonly name: string;
  /** Index in the data set, or −1. */
  readonly index: number;
  /** Path of the image file, where it is known without asking. */
  readonly path?: string;
}

/** How many instances an image has, and of which classes, by its index. */
type Facts = Map<number, { readonly count: number; readonly classes: ReadonlySet<number> }>;

/** The images of a data set and the pictures beside it, filtered; reads annotations only of what is asked for. */
export class GalleryModel {
  readonly #files: FileSystem;
  readonly #dataset: Dataset | undefined;
  readonly #items: readonly Item[];
  readonly #pictures: ReadonlySet<string>;
  /** Places in {@link #items} that pass the filter. */
  #shown: Uint32Array;
  /** Counts and classes of all images, once a filter needed them. */
  #known: Promise<Facts> | undefined;
  #problems: Promise<ReadonlySet<number>> | undefined;

  constructor(files: FileSystem, dataset: Dataset | undefined, pictures: readonly string[], most: number) {
    this.#files = files;
    this.#dataset = dataset;
    this.#pictures = new Set(pictures);
    const items: Item[] = [];
    const listed = dataset?.images.length ?? 0;
    const taken = new Set<string>();
    for (let index = 0; index < listed && items.length < most; index++) {
      const { name } = dataset!.images.at(index);
      items.push({ name, index });
      taken.add(stem(name));
    }
    for (const path of pictures) {
      if (items.length >= most) break;
      if (!taken.has(stem(path)))
        items.push({ name: path.slice(path.lastIndexOf('/') + 1), index: -1, path });
    }
    this.#items = items;
    this.#shown = Uint32Array.from(items.keys());
  }

  get count(): number {
    return this.#shown.length;
  }

  async filter({ text, state, classIndex }: GalleryFilter): Promise<number> {
    const wanted = text.toLowerCase();
    const needs = state === 'labelled' || state === 'empty' || classIndex !== undefined;
    const known = needs ? await this.#counts() : undefined;
    const problems = state === 'problems' ? await this.#withProblems() : undefined;
    const passes = ({ name, index }: Item): boolean => {
      if (wanted && !name.toLowerCase().includes(wanted)) return false;
      const facts = known?.get(index);
      if (classIndex !== undefined && !facts?.classes.has(classIndex)) return false;
      if (state === 'labelled') return (facts?.count ?? 0) > 0;
      if (state === 'empty') return index >= 0 && facts?.count === 0;
      if (state === 'unlabelled') return index < 0;
      if (state === 'problems') return problems?.has(index) ?? false;
      return true;
    };
    this.#shown = Uint32Array.from(this.#items.keys()).filter((at) => passes(this.#items[at]!));
    return this.#shown.length;
  }

  entries(from: number, to: number): GalleryEntry[] {
    return Array.from(this.#shown.subarray(from, to), (at) => {
      const { name, index } = this.#items[at]!;
      const count = index < 0 ? undefined : this.#dataset?.images.at(index).count;
      return { name, ...(count === undefined ? {} : { count }) };
    });
  }

  /** The image file at a place of the list. */
  async path(at: number): Promise<string | undefined> {
    const item = this.#item(at);
    return item.path ?? this.#dataset?.imagePath(item.index);
  }

  /** What a cell shows, but for the address of its picture. */
  async thumbnail(at: number): Promise<Omit<Thumbnail, 'url'>> {
    const { index } = this.#item(at);
    if (index < 0 || !this.#dataset) return { width: 0, height: 0, count: 0, masks: [] };
    const record = await this.#dataset.read(index);
    return {
      width: record.width,
      height: record.height,
      count: record.instances.length,
      masks: masksOf(record),
    };
  }

  async statistics(): Promise<Statistics | undefined> {
    return this.#dataset && statistics(this.#dataset);
  }

  #item(at: number): Item {
    const item = this.#items[this.#shown[at] ?? -1];
    if (!item) throw new RangeError(`the gallery has no image ${at}`);
    return item;
  }

  #counts(): Promise<Facts> {
    this.#known ??= this.#readCounts();
    return this.#known;
  }

  async #readCounts(): Promise<Facts> {
    const known: Facts = new Map();
    const dataset = this.#dataset;
    if (!dataset) return known;
    for (let index = 0; index < dataset.images.length; index++) {
      const { count, classes } = dataset.images.at(index);
      if (count === undefined || classes === undefined) break;
      known.set(index, { count, classes: indicesOf(dataset, classes) });
    }
    if (known.size === dataset.images.length) return known;
    // What cannot be read is found by the filter for problems.
    const onBroken = () => undefined;
    for await (const { index, instances } of dataset.records({ onBroken })) {
      known.set(index, {
        count: instances.length,
        classes: new Set(instances.map(({ classIndex }) => classIndex)),
      });
    }
    return known;
  }

  #withProblems(): Promise<ReadonlySet<number>> {
    this.#problems ??= this.#readProblems();
    return this.#problems;
  }

  /** Images whose annotations are wrong, or whose file is missing; files themselves are not read for it. */
  async #readProblems(): Promise<ReadonlySet<number>> {
    if (!this.#dataset) return new Set();
    const listed = this.#items.filter(({ index }) => index >= 0).length;
    const found = await missingPictures(this.#dataset, this.#pictures, listed);
    for await (const { image } of lint(this.#dataset, this.#files, { files: false })) {
      if (image !== undefined) found.add(image);
    }
    return found;
  }
}

function indicesOf({ classes }: Dataset, listed: readonly number[]): ReadonlySet<number> {
  return new Set(listed.filter((index) => index < classes.length));
}

function masksOf({ instances, width, height }: ImageRecord): Thumbnail['masks'] {
  if (width === 0 || height === 0) return [];
  return instances
    .filter(({ shape }) => shape.kind === 'polygons' || shape.kind === 'pixels')
    .sort((a, b) => b.box[2] * b.box[3] - a.box[2] * a.box[3])
    .slice(0, MOST_MASKS)
    .map((instance) => ({
      mask: compressRle(rleOf(instance, width, height)),
      classIndex: instance.classIndex,
    }));
}

/** The name without folders and extension: annotations and pictures meet by it. */
function stem(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
}
