/** What stands at a path. */
export interface FileStat {
  readonly type: 'file' | 'folder';
  /** Bytes; 0 for a folder. */
  readonly size: number;
  /** Last change, in milliseconds; 0 where the host does not know. */
  readonly modified: number;
}

/** One entry of a folder. */
export interface FolderEntry {
  /** Its name, without the folder. */
  readonly name: string;
  readonly type: 'file' | 'folder';
}

/** Bytes of a file: `start ≤ i < end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * How this package reads files; the host gives it. Paths are plain text with `/` between names, not URL-encoded; a host
 * with URIs maps them (`base.with({ path })`). Nothing here writes: edits come back as {@link FileChange}s.
 */
export interface FileSystem {
  /** What stands at `path`, or `undefined` when nothing does. */
  stat(path: string): Promise<FileStat | undefined>;
  /** What a folder holds, in any order. Rejects when it is no folder. */
  list(path: string): Promise<readonly FolderEntry[]>;
  /**
   * A file's bytes, all or the given range. A host that cannot read ranges may read all and cut; large COCO files then
   * cost their size in memory.
   */
  read(path: string, range?: ByteRange): Promise<Uint8Array>;
}
