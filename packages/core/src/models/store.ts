/**
 * Where pulled models live: a directory, or a browser's private file system. Keys are `<id>/<file name>`.
 * A download grows as a partial under another name and becomes visible only through `commit`.
 */
export interface ModelStore {
  /** Runs `work` while no one else, in this process or another, is inside `exclusively` for the same key. */
  exclusively<T>(key: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Whether the whole file is there. */
  has(key: string): Promise<boolean>;
  /** The whole file, or undefined when it is not there. */
  read(key: string): Promise<Uint8Array | undefined>;
  /** Bytes of an unfinished download, 0 when there is none. */
  partialSize(key: string): Promise<number>;
  /** Opens the partial for writing at its end, or anew with `restart`. */
  openPartial(key: string, restart: boolean): Promise<PartialWriter>;
  /** The partial's content in chunks, to be verified. */
  readPartial(key: string): AsyncIterable<Uint8Array>;
  /** Makes the partial the file, atomically. */
  commit(key: string): Promise<void>;
  /** Throws the partial away. */
  discard(key: string): Promise<void>;
}

/** Appends to a partial. */
export interface PartialWriter {
  write(chunk: Uint8Array): Promise<void>;
  /** Makes what was written durable. */
  close(): Promise<void>;
}
