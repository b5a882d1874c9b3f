import { contentAfter, type FileChange, type FileStat, type FileSystem } from '@cutkit/datasets';

/** A file system with changes that are not written yet: what they say stands, all else is that of `base`. */
export class OverlayFiles implements FileSystem {
  readonly #base: FileSystem;
  readonly #written = new Map<string, Uint8Array>();
  readonly #gone = new Set<string>();

  constructor(base: FileSystem) {
    this.#base = base;
  }

  /** All files that were changed, with their content. */
  get written(): ReadonlyMap<string, Uint8Array> {
    return this.#written;
  }

  async put(change: FileChange): Promise<void> {
    if (change.type === 'delete') {
      this.#written.delete(change.path);
      this.#gone.add(change.path);
      return;
    }
    const parts: Uint8Array[] = [];
    for await (const part of contentAfter(this, change)) parts.push(part);
    this.#gone.delete(change.path);
    this.#written.set(change.path, joinParts(parts));
  }

  async stat(path: string): Promise<FileStat | undefined> {
    const own = this.#written.get(path);
    if (own) return { type: 'file', size: own.length, modified: 0 };
    if (this.#gone.has(path)) return undefined;
    return this.#base.stat(path);
  }

  async list(path: string): ReturnType<FileSystem['list']> {
    const entries = (await this.#base.list(path)).filter(({ name }) => !this.#gone.has(`${path}/${name}`));
    const names = new Set(entries.map(({ name }) => name));
    for (const file of this.#written.keys()) {
      const name = file.slice(file.lastIndexOf('/') + 1);
      if (file === `${path}/${name}` && !names.has(name)) entries.push({ name, type: 'file' });
    }
    return entries;
  }

  async read(path: string, range?: { start: number; end: number }): Promise<Uint8Array> {
    const own = this.#written.get(path);
    if (!own) return this.#base.read(path, range);
    return range ? own.subarray(range.start, range.end) : own;
  }
}

/** Parts of a file as one. */
export function joinParts(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
