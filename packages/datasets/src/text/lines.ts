import type { Splice } from '../model/change.js';
import { encodeText } from './utf8.js';

/** A line of a text: its bytes without the break, and where the next one starts. */
export interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

/** The lines of a UTF-8 text, empty ones too, but none after the last break. A byte order mark is no part of the first. */
export function linesOf(bytes: Uint8Array): Line[] {
  const lines: Line[] = [];
  const decoder = new TextDecoder();
  for (let start = bytes[0] === 0xef ? 3 : 0; start < bytes.length; ) {
    const at = bytes.indexOf(10, start);
    const next = at < 0 ? bytes.length : at + 1;
    let end = at < 0 ? bytes.length : at;
    if (end > start && bytes[end - 1] === 13) end--;
    lines.push({ text: decoder.decode(bytes.subarray(start, end)), start, end, next });
    start = next;
  }
  return lines;
}

/** The splices that replace lines, remove them whole, and put new ones at the end, with the breaks that the text has. */
export function editLines(
  bytes: Uint8Array,
  lines: readonly Line[],
  changed: ReadonlyMap<number, string>,
  removed: ReadonlySet<number>,
  added: readonly string[],
): Splice[] {
  const crlf = lines.some(({ end, next }) => next - end === 2);
  const newline = crlf ? '\r\n' : '\n';
  const splices: Splice[] = [];
  lines.forEach(({ start, end, next }, i) => {
    const text = changed.get(i);
    if (removed.has(i)) splices.push({ start, end: next, bytes: encodeText('') });
    else if (text !== undefined) splices.push({ start, end, bytes: encodeText(text) });
  });
  if (added.length > 0) {
    const size = bytes.length;
    const last = lines.findLast((_, i) => !removed.has(i));
    // The last line that stays may be without a break.
    const open = last !== undefined && last.next === last.end;
    const text = (open ? newline : '') + added.map((line) => line + newline).join('');
    splices.push({ start: size, end: size, bytes: encodeText(text) });
  }
  return splices;
}
