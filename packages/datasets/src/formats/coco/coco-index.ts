import { say } from '../../sentences/sentence.js';
import { JsonProblem } from '../../text/json-scan.js';
import { createColumn } from './column.js';
import { groupByImage } from './group-by-image.js';

/** An id as files have it. */
export type Id = number | string;

/** Where a list's brackets stand; `undefined` when the file has no such list. */
interface Brackets {
  readonly open: number;
  readonly close: number;
}

/** What is known of a COCO file without holding it. Rows are in the order of the file. */
export interface CocoIndex {
  readonly path: string;
  readonly root: Brackets;
  readonly lists: Readonly<Partial<Record<ListName, Brackets>>>;
  readonly images: {
    readonly ids: readonly Id[];
    readonly names: readonly string[];
    readonly widths: readonly number[];
    readonly heights: readonly number[];
    readonly start: Float64Array;
    readonly length: Uint32Array;
  };
  readonly categories: readonly {
    readonly id: Id;
    readonly name: string;
    readonly start: number;
    readonly end: number;
  }[];
  readonly annotations: {
    readonly start: Float64Array;
    readonly length: Uint32Array;
    /** Rows of `images` and `categories`; −1 for ids that are not there. */
    readonly image: Int32Array;
    readonly category: Int32Array;
  };
  /** Annotations by image: those of image `i` are rows `order[first[i]] … order[first[i + 1] − 1]`. */
  readonly first: Uint32Array;
  readonly order: Uint32Array;
  /** The largest numeric ids that are used, 0 without any. */
  readonly largest: { readonly image: number; readonly category: number; readonly annotation: number };
  /** Rows whose id an earlier row has. */
  readonly duplicates: Readonly<Record<ListName, readonly number[]>>;
}

/** The lists that an index knows. */
const LIST_NAMES = ['images', 'annotations', 'categories'] as const;
/** One of {@link LIST_NAMES}. */
export type ListName = (typeof LIST_NAMES)[number];

/** Takes in one list, element by element. */
interface ListBuilder {
  open(offset: number): void;
  close(offset: number): void;
  /** Forgets the members of an element that is scanned again. */
  begin(): void;
  member(bytes: Uint8Array, keyStart: number, keyEnd: number, start: number, end: number): void;
  /** `at` is where the element starts in the window, for messages. */
  end(start: number, end: number, at: number): void;
}

/** Builds a {@link CocoIndex} while a file passes. */
export interface IndexBuilder {
  rootStart(offset: number): void;
  rootEnd(offset: number): void;
  list(key: string): ListBuilder | undefined;
  finish(path: string): CocoIndex;
}

/** An empty index. */
export function createIndexBuilder(): IndexBuilder {
  const root = { open: 0, close: 0 };
  const lists: Partial<Record<ListName, { open: number; close: number }>> = {};
  const images = { ids: [] as Id[], names: [] as string[], widths: [] as number[], heights: [] as number[] };
  const imageRows = { start: createColumn(Float64Array), length: createColumn(Uint32Array) };
  const categories: { id: Id; name: string; start: number; end: number }[] = [];
  const annotations = { ids: [] as Id[], imageIds: [] as Id[], categoryIds: [] as Id[] };
  const annotationRows = { start: createColumn(Float64Array), length: createColumn(Uint32Array) };

  /** A list whose elements' members named in `wanted` are kept until the element ends. */
  function listOf(name: ListName, wanted: readonly string[], add: ElementSink): ListBuilder {
    let fields: Record<string, unknown> = {};
    return {
      open(offset) {
        if (lists[name]) throw new JsonProblem(0, say('json-list-twice', { key: name }));
        lists[name] = { open: offset, close: offset };
      },
      close: (offset) => {
        lists[name]!.close = offset;
      },
      begin: () => {
        fields = {};
      },
      member(bytes, keyStart, keyEnd, start, end) {
        for (const key of wanted)
          if (isKey(bytes, keyStart, keyEnd, key)) fields[key] = scalar(bytes, start, end);
      },
      end: (start, end, at) => add(fields, start, end, at),
    };
  }

  const builders: Record<ListName, ListBuilder> = {
    images: listOf('images', ['id', 'file_name', 'width', 'height'], (fields, start, end, at) => {
      images.ids.push(idOf(fields, 'id', 'image-needs-id', at));
      if (typeof fields['file_name'] !== 'string') throw new JsonProblem(at, say('image-needs-name'));
      images.names.push(fields['file_name']);
      images.widths.push(sizeOf(fields['width']));
      images.heights.push(sizeOf(fields['height']));
      imageRows.start.push(start);
      imageRows.length.push(end - start);
    }),
    annotations: listOf('annotations', ['id', 'image_id', 'category_id'], (fields, start, end, at) => {
      annotations.imageIds.push(idOf(fields, 'image_id', 'annotation-needs-image', at));
      annotations.ids.push((fields['id'] as Id | undefined) ?? '');
      annotations.categoryIds.push((fields['category_id'] as Id | undefined) ?? '');
      annotationRows.start.push(start);
      annotationRows.length.push(end - start);
    }),
    categories: listOf('categories', ['id', 'name'], (fields, start, end, at) => {
      const id = idOf(fields, 'id', 'category-needs-id', at);
      categories.push({ id, name: String(fields['name'] ?? id), start, end });
    }),
  };

  return {
    rootStart: (offset) => {
      root.open = offset;
    },
    rootEnd: (offset) => {
      root.close = offset;
    },
    list: (key) => (LIST_NAMES.includes(key as ListName) ? builders[key as ListName] : undefined),
    finish(path) {
      const imageRow = rowsById(images.ids);
      const categoryRow = rowsById(categories.map(({ id }) => id));
      const image = Int32Array.from(annotations.imageIds, (id) => imageRow.get(id) ?? -1);
      const category = Int32Array.from(annotations.categoryIds, (id) => categoryRow.get(id) ?? -1);
      return {
        path,
        root,
        lists,
        images: { ...images, start: imageRows.start.take(), length: imageRows.length.take() },
        categories,
        annotations: {
          start: annotationRows.start.take(),
          length: annotationRows.length.take(),
          image,
          category,
        },
        ...groupByImage(image, images.ids.length),
        largest: {
          image: largestOf(images.ids),
          // A new category must not take in annotations that name one which is missing.
          category: Math.max(largestOf(categories.map(({ id }) => id)), largestOf(annotations.categoryIds)),
          annotation: largestOf(annotations.ids),
        },
        duplicates: {
          images: duplicatesOf(images.ids),
          annotations: duplicatesOf(annotations.ids),
          categories: duplicatesOf(categories.map(({ id }) => id)),
        },
      };
    },
  };
}

type ElementSink = (
  fields: Readonly<Record<string, unknown>>,
  start: number,
  end: number,
  at: number,
) => void;

function isKey(bytes: Uint8Array, start: number, end: number, key: string): boolean {
  if (end - start !== key.length) return false;
  for (let i = 0; i < key.length; i++) if (bytes[start + i] !== key.charCodeAt(i)) return false;
  return true;
}

/** A number or text; whole numbers, the most common, without a detour through text. */
function scalar(bytes: Uint8Array, start: number, end: number): unknown {
  let value = 0;
  for (let i = start; end - start < 16; i++) {
    if (i === end) return value;
    const digit = bytes[i]! - 0x30;
    if (!(digit >= 0 && digit <= 9)) break;
    value = value * 10 + digit;
  }
  const c = bytes[start]!;
  return c === 0x7b || c === 0x5b
    ? undefined
    : JSON.parse(new TextDecoder().decode(bytes.subarray(start, end)));
}

function idOf(
  fields: Readonly<Record<string, unknown>>,
  key: string,
  problem: 'image-needs-id' | 'annotation-needs-image' | 'category-needs-id',
  at: number,
): Id {
  const id = fields[key];
  if (typeof id !== 'number' && typeof id !== 'string') throw new JsonProblem(at, say(problem));
  return id;
}

function sizeOf(value: unknown): number {
  return typeof value === 'number' && value > 0 ? Math.round(value) : 0;
}

/** The first row of each id. */
function rowsById(ids: readonly Id[]): Map<Id, number> {
  const rows = new Map<Id, number>();
  ids.forEach((id, row) => {
    if (!rows.has(id)) rows.set(id, row);
  });
  return rows;
}

function largestOf(ids: readonly Id[]): number {
  let largest = 0;
  for (const id of ids) if (typeof id === 'number' && id > largest) largest = id;
  return largest;
}

/** Rows whose id an earlier row has; a missing id (empty text) is no duplicate. */
function duplicatesOf(ids: readonly Id[]): number[] {
  const seen = new Set<Id>();
  const rows: number[] = [];
  ids.forEach((id, row) => {
    if (id === '') return;
    if (seen.has(id)) rows.push(row);
    else seen.add(id);
  });
  return rows;
}
