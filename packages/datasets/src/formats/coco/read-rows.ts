import type { FileSystem } from '../../model/file-system.js';
import { recordsOf } from '../map-limited.js';

/** Unwanted bytes that are read along rather than asking a second time. */
const GAP = 64 * 1024;
/** The most that is read at once. */
const MOST = 4 * 2 ** 20;

/** A stretch of a file, by its row in an index. */
export interface RowRange {
  readonly row: number;
  readonly start: number;
  readonly end: number;
}

/** Reads stretches of a file in as few requests as sensible, a few at a time, in the order of the file. */
export async function* readRows(
  fs: FileSystem,
  path: string,
  ranges: readonly RowRange[],
): AsyncGenerator<{ readonly row: number; readonly bytes: Uint8Array }> {
  const groups = together([...ranges].sort((a, b) => a.start - b.start));
  const read = async (i: number) => {
    const group = groups[i]!;
    const [start, end] = [group[0]!.start, group.at(-1)!.end];
    return { group, start, bytes: await fs.read(path, { start, end }) };
  };
  for await (const { group, start, bytes } of recordsOf(groups.length, read)) {
    for (const { row, start: from, end } of group)
      yield { row, bytes: bytes.subarray(from - start, end - start) };
  }
}

/** Neighbours that are read at once; ranges are in the order of the file. */
function together(sorted: readonly RowRange[]): RowRange[][] {
  const groups: RowRange[][] = [];
  for (const range of sorted) {
    const last = groups.at(-1);
    const near = last && range.start - last.at(-1)!.end <= GAP && range.end - last[0]!.start <= MOST;
    if (near) last.push(range);
    else groups.push([range]);
  }
  return groups;
}
