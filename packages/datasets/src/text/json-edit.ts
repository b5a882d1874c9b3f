import type { Splice } from '../model/change.js';
import type { ByteRange } from '../model/file-system.js';
import { keyAt } from './json-document.js';
import { membersOf } from './json-scan.js';
import { type JsonStyle, stringify } from './json-style.js';
import { encodeText } from './utf8.js';

/**
 * The splices that set members of the object at `at`, or remove those set to `undefined`; all other bytes stay. New
 * members come last, in the style of the file. `depth` is how many objects and arrays the object stands in.
 */
export function setMembers(
  bytes: Uint8Array,
  at: number,
  values: Readonly<Record<string, unknown>>,
  style: JsonStyle,
  depth: number,
): Splice[] {
  const members = membersOf(bytes, at);
  const keys = members.map(({ keyStart, keyEnd }) => keyAt(bytes, keyStart, keyEnd));
  const splices: Splice[] = [];
  const removed = new Set<number>();
  const added: string[] = [];
  for (const [key, value] of Object.entries(values)) {
    const i = keys.lastIndexOf(key);
    if (i < 0) {
      if (value !== undefined)
        added.push(`${JSON.stringify(key)}:${style.colonGap}${stringify(value, style, depth + 1)}`);
    } else if (value === undefined) removed.add(i);
    else {
      const text = encodeText(stringify(value, style, depth + 1));
      const { start, end } = members[i]!;
      if (!sameBytes(bytes.subarray(start, end), text)) splices.push({ start, end, bytes: text });
    }
  }
  const ranges = members.map(({ keyStart, end }) => ({ start: keyStart - 1, end }));
  const close = members.length > 0 ? lastClose(bytes, members.at(-1)!.end) : lastClose(bytes, at + 1);
  const list = { open: at, close, count: ranges.length, range: (i: number) => ranges[i]! };
  return [...splices, ...editList(list, removed, added, layoutOf(style, depth))].sort(
    (a, b) => a.start - b.start,
  );
}

/** Members or elements between two brackets. */
export interface BracketList {
  /** Offset of the opening bracket, and of the closing one. */
  readonly open: number;
  readonly close: number;
  readonly count: number;
  range(index: number): ByteRange;
}

/** What stands between elements, and around the first and last of a list that was empty. */
export interface ListLayout {
  readonly separator: string;
  readonly before: string;
  readonly after: string;
}

/** The layout that a style gives to a list `depth` deep. */
export function layoutOf(style: JsonStyle, depth: number): ListLayout {
  if (style.newline === undefined) return { separator: `,${style.commaGap}`, before: '', after: '' };
  const indent = (deep: number) => style.newline + style.step!.repeat(deep);
  return { separator: `,${indent(depth + 1)}`, before: indent(depth + 1), after: indent(depth) };
}

/** The splices that take elements out of a list, each with one comma, and put new ones at its end. */
export function editList(
  list: BracketList,
  removed: ReadonlySet<number>,
  added: readonly string[],
  { separator, before, after }: ListLayout,
): Splice[] {
  const { open, close, count } = list;
  const insert = added.join(separator);
  if (removed.size === count) {
    if (added.length === 0 && count === 0) return [];
    // Nothing of the old stays between the brackets.
    const bytes = encodeText(added.length === 0 ? '' : before + insert + after);
    return [{ start: open + 1, end: close, bytes }];
  }
  const splices: Splice[] = [];
  const order = [...removed].sort((a, b) => a - b);
  let end = list.range(count - 1).end;
  for (let i = 0; i < order.length; i++) {
    const first = order[i]!;
    while (order[i + 1] === order[i]! + 1) i++;
    const last = order[i]!;
    if (last < count - 1) splices.push(gap(list.range(first).start, list.range(last + 1).start));
    else {
      end = list.range(first - 1).end;
      splices.push(gap(end, list.range(last).end));
    }
  }
  if (added.length > 0) {
    const bytes = encodeText(separator + insert);
    const tail = splices.at(-1);
    if (tail && tail.start === end) splices[splices.length - 1] = { ...tail, bytes };
    else splices.push({ start: end, end, bytes });
  }
  return splices;
}

function gap(start: number, end: number): Splice {
  return { start, end, bytes: new Uint8Array(0) };
}

function lastClose(bytes: Uint8Array, from: number): number {
  let i = from;
  while (bytes[i] !== 0x7d) i++;
  return i;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
