import type { Edit } from '../model/edit.js';
import type { FileStat, FileSystem } from '../model/file-system.js';
import { assertUnchanged } from './refuse.js';

/** Remembers which version of each small file was read, since edits name lines and places of that version. */
export interface FileVersions {
  /** Stats a file and remembers it; `undefined` when there is none. */
  note(path: string): Promise<FileStat | undefined>;
  /** Throws `DATASET_CHANGED` when a file that was read is not that version any more. */
  check(paths: readonly string[]): Promise<void>;
}

/** No versions yet. */
export function createFileVersions(fs: FileSystem): FileVersions {
  const seen = new Map<string, FileStat | undefined>();
  return {
    async note(path) {
      const found = await fs.stat(path);
      const stat = found?.type === 'file' ? found : undefined;
      seen.set(path, stat);
      return stat;
    },
    async check(paths) {
      for (const path of paths) if (seen.has(path)) await assertUnchanged(fs, path, seen.get(path));
    },
  };
}

/** The images of a log, each once, that are among the `count` that a data set has. */
export function touchedImages(edits: readonly Edit[], count: number): number[] {
  return [...new Set(edits.flatMap((edit) => ('image' in edit && edit.image < count ? [edit.image] : [])))];
}
