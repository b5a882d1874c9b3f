import type { FileSystem } from '../../model/file-system.js';

/** Unwanted bytes that are read along rather than asking a second time. */
const GAP = 64 * 1024;
/** The most that is read at once. */
const MOST = 16 * 2 ** 20;

/** A stretch of a file, by its row in an index. */
export interface RowRange {
  readonly row: number;
  readonly start: number;
  readonly end: number;
}

/** Reads stretches of a file in as few requests as sensible, in the order of the file, one after the other. */
export async function* readRows(
  fs: FileSystem,
  path: string,
  ranges: readonly RowRange[],
): AsyncGenerator<{ readonly row: number; readonly bytes: Uint8Array }> {
  const sorted = [...ranges].sort((a, b) => a.start - b.start);
  for (let i = 0; i < sorted.length; ) {
    const from = sorted[i]!.start;
    let j = i + 1;
    while (j < sorted.length && sorted[j]!.start - sorted[j - 1]!.end <= GAP && sorted[j]!.end - from <= MOST)
      j++;
    const bytes = await fs.read(path, { start: from, end: sorted[j - 1]!.end });
    for (; i < j; i++) {
      const { row, start, end } = sorted[i]!;
      yield { row, bytes: bytes.subarray(start - from, end - from) };
    }
  }
}
