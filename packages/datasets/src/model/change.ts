import type { ByteRange, FileStat } from './file-system.js';

/** Bytes that take the place of a range; an empty range inserts. */
export interface Splice extends ByteRange {
  readonly bytes: Uint8Array;
}

/**
 * What saving does to one file. Write it through a temporary file and a rename; refuse when the file is no longer what
 * `base` says, since the offsets belong to that version.
 */
export type FileChange =
  /** Ranges of the old file, in order, none touching another. All other bytes stay. */
  | {
      readonly type: 'splice';
      readonly path: string;
      readonly base: FileStat;
      readonly splices: readonly Splice[];
    }
  /** The whole new content; `base` is absent when the file is new and must not exist. */
  | { readonly type: 'write'; readonly path: string; readonly base?: FileStat; readonly bytes: Uint8Array }
  /** The file goes. */
  | { readonly type: 'delete'; readonly path: string; readonly base: FileStat };
