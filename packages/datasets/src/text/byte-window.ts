import { AnnotationError } from '../model/annotation-error.js';
import type { FileSystem } from '../model/file-system.js';
import type { Sentence } from '../sentences/sentence.js';
import { type Place, placeOf } from './place.js';

/** How much more of a file is read at a time. */
const CHUNK = 8 * 2 ** 20;

/** A stretch of a file that moves on: what was used is dropped, so a large file passes through little memory. */
export interface ByteWindow {
  /** The bytes that are held, and where in the file they start. */
  readonly bytes: Uint8Array;
  readonly base: number;
  /** Reads on, keeping what stands from `keep` on, which is then at 0. False at the end of the file. */
  more(keep: number): Promise<boolean>;
}

/** A window over the file at `path`, of `size` bytes, empty at first. */
export function openWindow(fs: FileSystem, path: string, size: number, chunk: number = CHUNK): ByteWindow {
  let bytes: Uint8Array = new Uint8Array(0);
  let base = 0;
  return {
    get bytes() {
      return bytes;
    },
    get base() {
      return base;
    },
    async more(keep) {
      const start = base + bytes.length;
      if (start >= size) return false;
      const kept = bytes.subarray(keep);
      // As much again as is kept, so that one huge value is scanned a few times, not once a chunk.
      const end = Math.min(size, start + Math.max(chunk, kept.length));
      const read = await fs.read(path, { start, end });
      if (read.length === 0) return false;
      if (kept.length === 0) bytes = read;
      else {
        bytes = new Uint8Array(kept.length + read.length);
        bytes.set(kept);
        bytes.set(read, kept.length);
      }
      base += keep;
      return true;
    },
  };
}

/** Line and column of offsets of a file, which need not be in order, in one pass over it. */
export async function placesIn(fs: FileSystem, path: string, offsets: readonly number[]): Promise<Place[]> {
  const order = [...offsets.keys()].sort((a, b) => offsets[a]! - offsets[b]!);
  const places: Place[] = new Array(offsets.length);
  const size = (await fs.stat(path))?.size ?? 0;
  let [line, lineStart, next] = [1, 0, 0];
  for (let start = 0; start <= size && next < order.length; start += CHUNK) {
    const end = Math.min(size, start + CHUNK);
    const bytes = start < end ? await fs.read(path, { start, end }) : new Uint8Array(0);
    let from = 0;
    for (; next < order.length && (offsets[order[next]!]! < end || end === size); next++) {
      const offset = offsets[order[next]!]!;
      advance(bytes, from, offset - start);
      from = Math.max(from, offset - start);
      places[order[next]!] = { line, column: offset - lineStart + 1, offset };
    }
    advance(bytes, from, bytes.length);

    function advance(chunk: Uint8Array, a: number, b: number): void {
      for (let at = chunk.indexOf(10, a); at >= 0 && at < b; at = chunk.indexOf(10, at + 1)) {
        line++;
        lineStart = start + at + 1;
      }
    }
  }
  return places;
}

/** A problem at an offset of a file that is not held, with its line and column. */
export async function problemAt(
  fs: FileSystem,
  path: string,
  offset: number,
  problem: Sentence,
): Promise<AnnotationError> {
  const [place] = await placesIn(fs, path, [offset]);
  return new AnnotationError(path, problem, place ?? placeOf(new Uint8Array(0), 0));
}
