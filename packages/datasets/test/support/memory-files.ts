import type { FileChange } from '../../src/model/change.js';
import type { FileSystem, FolderEntry } from '../../src/model/file-system.js';
import { applySplices } from '../../src/text/splice.js';

/** A file system in memory that counts what is read of it. */
export interface MemoryFiles extends FileSystem {
  readonly files: Map<string, Uint8Array>;
  readonly reads: { path: string; bytes: number }[];
  text(path: string): string;
  put(path: string, content: string | Uint8Array): void;
  /** Writes changes, refusing those whose base is not what is there. */
  apply(changes: readonly FileChange[]): void;
}

/** Files by path. */
export function memoryFiles(content: Readonly<Record<string, string | Uint8Array>> = {}): MemoryFiles {
  const files = new Map<string, Uint8Array>();
  const modified = new Map<string, number>();
  let clock = 1;
  const put = (path: string, value: string | Uint8Array) => {
    files.set(path, typeof value === 'string' ? new TextEncoder().encode(value) : value);
    modified.set(path, clock++);
  };
  for (const [path, value] of Object.entries(content)) put(path, value);
  const reads: { path: string; bytes: number }[] = [];
  const below = (folder: string) => (folder === '/' ? '/' : `${folder}/`);
  const memory: MemoryFiles = {
    files,
    reads,
    put,
    text: (path) => new TextDecoder().decode(files.get(path)),
    async stat(path) {
      const file = files.get(path);
      if (file) return { type: 'file', size: file.length, modified: modified.get(path)! };
      const isFolder = [...files.keys()].some((one) => one.startsWith(below(path)));
      return isFolder ? { type: 'folder', size: 0, modified: 0 } : undefined;
    },
    async list(path) {
      const entries = new Map<string, FolderEntry>();
      for (const one of files.keys()) {
        if (!one.startsWith(below(path))) continue;
        const [name, ...rest] = one.slice(below(path).length).split('/');
        entries.set(name!, { name: name!, type: rest.length > 0 ? 'folder' : 'file' });
      }
      if (entries.size === 0) throw new Error(`no folder ${path}`);
      return [...entries.values()];
    },
    async read(path, range) {
      const file = files.get(path);
      if (!file) throw new Error(`no file ${path}`);
      const bytes = file.slice(range?.start ?? 0, range?.end ?? file.length);
      reads.push({ path, bytes: bytes.length });
      return bytes;
    },
    apply(changes) {
      for (const change of changes) {
        const file = files.get(change.path);
        if ((file?.length ?? -1) !== (change.base?.size ?? -1)) throw new Error(`${change.path} changed`);
        if (change.type === 'delete') files.delete(change.path);
        else put(change.path, change.type === 'write' ? change.bytes : applySplices(file!, change.splices));
      }
    },
  };
  return memory;
}
