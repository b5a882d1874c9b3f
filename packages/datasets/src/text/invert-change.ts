import type { FileChange, Splice } from '../model/change.js';
import type { FileStat, FileSystem } from '../model/file-system.js';

/** What takes a change back, once it is told what the file is like after it; `undefined` for a file that is not there. */
export type Inversion = (now: FileStat | undefined) => FileChange;

/** Remembers, before a change is carried out, what it replaces: of large files only the replaced bytes. */
export async function invertChange(fs: FileSystem, change: FileChange): Promise<Inversion> {
  const { path } = change;
  if (change.type === 'splice') {
    const splices = await invertSplices(fs, path, change.splices);
    return (now) => ({ type: 'splice', path, base: standing(now, path), splices });
  }
  if (change.base === undefined) return (now) => ({ type: 'delete', path, base: standing(now, path) });
  const bytes = await fs.read(path);
  return (now) => ({ type: 'write', path, bytes, ...(now && { base: now }) });
}

/** The same ranges where they stand after the change, with the bytes from before. */
async function invertSplices(fs: FileSystem, path: string, splices: readonly Splice[]): Promise<Splice[]> {
  let shift = 0;
  const inverted: Splice[] = [];
  for (const { start, end, bytes } of splices) {
    const old = end > start ? await fs.read(path, { start, end }) : new Uint8Array(0);
    inverted.push({ start: start + shift, end: start + shift + bytes.length, bytes: old });
    shift += bytes.length - (end - start);
  }
  return inverted;
}

function standing(now: FileStat | undefined, path: string): FileStat {
  if (now) return now;
  throw new RangeError(`${path} is not there`);
}
