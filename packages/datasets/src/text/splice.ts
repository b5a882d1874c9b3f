import type { FileChange, Splice } from '../model/change.js';
import type { FileSystem } from '../model/file-system.js';

/** The bytes after splices, which are in order and apart. */
export function applySplices(bytes: Uint8Array, splices: readonly Splice[]): Uint8Array {
  const grown = splices.reduce(
    (sum, { start, end, bytes: put }) => sum + put.length - (end - start),
    bytes.length,
  );
  const out = new Uint8Array(grown);
  let [from, to] = [0, 0];
  for (const { start, end, bytes: put } of splices) {
    if (start < from || end < start || end > bytes.length)
      throw new RangeError('splices overlap or leave the file');
    out.set(bytes.subarray(from, start), to);
    to += start - from;
    out.set(put, to);
    to += put.length;
    from = end;
  }
  out.set(bytes.subarray(from), to);
  return out;
}

/** How much of an unchanged stretch is read at a time. */
const CHUNK = 8 * 2 ** 20;

/** The file as it will be, piece by piece: large files pass through without being held. Nothing of one that goes. */
export async function* contentAfter(fs: FileSystem, change: FileChange): AsyncGenerator<Uint8Array> {
  if (change.type === 'write') {
    yield change.bytes;
    return;
  }
  if (change.type === 'delete') return;
  let from = 0;
  for (const { start, end, bytes } of [
    ...change.splices,
    { start: change.base.size, end: 0, bytes: undefined },
  ]) {
    for (; from < start; from = Math.min(start, from + CHUNK)) {
      yield await fs.read(change.path, { start: from, end: Math.min(start, from + CHUNK) });
    }
    if (bytes === undefined) return;
    yield bytes;
    from = end;
  }
}
