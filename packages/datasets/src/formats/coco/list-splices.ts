import type { Splice } from '../../model/change.js';
import { keyAt } from '../../text/json-document.js';
import { editList, type ListLayout, layoutOf } from '../../text/json-edit.js';
import { membersOf, skipSpace } from '../../text/json-scan.js';
import { type JsonStyle, PYTHON_STYLE, stringify, styleAt } from '../../text/json-style.js';
import { encodeText } from '../../text/utf8.js';
import type { CocoIndex, ListName } from './coco-index.js';
import type { OpenCoco } from './save-coco.js';

/** How the elements of a list are written. */
export interface Sample {
  readonly style: JsonStyle;
  /** Members in their order. */
  readonly keys: readonly string[];
}

/** The style and members of an element, given its bytes. */
export function sampleOf(bytes: Uint8Array): Sample {
  const keys = membersOf(bytes, 0).map(({ keyStart, keyEnd }) => keyAt(bytes, keyStart, keyEnd));
  return { style: styleAt(bytes, 0, bytes.length, 2), keys };
}

/** Takes elements out of one of the lists and puts new ones at its end, written like those that are there. */
export async function listSplices(
  coco: OpenCoco,
  name: ListName,
  removed: ReadonlySet<number>,
  added: readonly Readonly<Record<string, unknown>>[],
): Promise<Splice[]> {
  if (removed.size === 0 && added.length === 0) return [];
  const { index } = coco;
  const ranges = rangesOf(index, name);
  const { style, keys } = await sampleIn(coco, name);
  const texts = added.map((one) => stringify(inOrder(one, keys), style, 2));
  const brackets = index.lists[name];
  if (!brackets) return [await newList(coco, name, texts, style)];
  const layout = await layoutIn(coco, ranges, style);
  return editList({ ...brackets, ...ranges }, removed, texts, layout);
}

/** The elements of a list. */
export interface Ranges {
  readonly count: number;
  range(row: number): { readonly start: number; readonly end: number };
}

/** Where the elements of a list stand. */
export function rangesOf({ images, annotations, categories }: CocoIndex, name: ListName): Ranges {
  if (name === 'categories') return { count: categories.length, range: (row) => categories[row]! };
  const { start, length } = name === 'images' ? images : annotations;
  return { count: start.length, range: (row) => ({ start: start[row]!, end: start[row]! + length[row]! }) };
}

/** The first element of the list, or of another one for the style alone. */
async function sampleIn({ fs, path, index }: OpenCoco, name: ListName): Promise<Sample> {
  for (const list of [name, 'images', 'categories'] as const) {
    const { count, range } = rangesOf(index, list);
    if (count === 0) continue;
    const sample = sampleOf(await fs.read(path, range(0)));
    return list === name ? sample : { ...sample, keys: [] };
  }
  return { style: PYTHON_STYLE, keys: [] };
}

/** What stands between the first two elements of the list, else what the style has. */
async function layoutIn(
  { fs, path }: OpenCoco,
  { count, range }: Ranges,
  style: JsonStyle,
): Promise<ListLayout> {
  const layout = layoutOf(style, 1);
  if (count < 2) return layout;
  const between = await fs.read(path, { start: range(0).end, end: range(1).start });
  return { ...layout, separator: new TextDecoder().decode(between) };
}

function inOrder(value: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  const place = (key: string) => (keys.includes(key) ? keys.indexOf(key) : keys.length);
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => place(a) - place(b)));
}

/** A list that the file lacks, as the last member of its root. */
async function newList(
  { fs, path, index: { root } }: OpenCoco,
  name: ListName,
  texts: readonly string[],
  style: JsonStyle,
): Promise<Splice> {
  const tail = await fs.read(path, { start: Math.max(root.open + 1, root.close - 64), end: root.close });
  let kept = tail.length;
  while (kept > 0 && skipSpace(tail, kept - 1) >= tail.length) kept--;
  const at = root.close - tail.length + kept;
  const empty = kept === 0;
  const { separator, before, after } = layoutOf(style, 0);
  const inner = layoutOf(style, 1);
  const list = `[${inner.before}${texts.join(inner.separator)}${inner.after}]`;
  const text = `${empty ? before : separator}"${name}":${style.colonGap}${list}${empty ? after : ''}`;
  return { start: at, end: at, bytes: encodeText(text) };
}
