import type { ModelStore } from '../../models/store.js';

/** Models in the origin's private file system, which survives reloads. Works in pages and workers. */
export function browserModelStore(name = 'cutkit-models'): ModelStore {
  const folder = async () => {
    const root = await navigator.storage.getDirectory();
    return root.getDirectoryHandle(name, { create: true });
  };
  /** Directories are not worth their handles here: the id becomes part of the name. */
  const flat = (key: string) => key.replaceAll('/', '__');
  const partial = (key: string) => `${flat(key)}.part`;
  const fileOf = async (file: string): Promise<File | undefined> => {
    const handle = await (await folder()).getFileHandle(file).catch(() => undefined);
    return handle?.getFile();
  };
  return {
    exclusively(key, work, signal) {
      const lock = `${name}/${key}`;
      return navigator.locks.request(lock, { ...(signal ? { signal } : {}) }, work) as ReturnType<
        typeof work
      >;
    },
    async has(key) {
      return ((await fileOf(flat(key)))?.size ?? 0) > 0;
    },
    async read(key) {
      const file = await fileOf(flat(key));
      // A name appears, empty, before its first content is closed into it.
      return file?.size ? new Uint8Array(await file.arrayBuffer()) : undefined;
    },
    async partialSize(key) {
      return (await fileOf(partial(key)))?.size ?? 0;
    },
    async openPartial(key, restart) {
      const handle = await (await folder()).getFileHandle(partial(key), { create: true });
      const stream = await handle.createWritable({ keepExistingData: !restart });
      if (!restart) await stream.seek((await handle.getFile()).size);
      return {
        write: (chunk) => stream.write(chunk.slice()),
        close: () => stream.close(),
      };
    },
    async *readPartial(key) {
      const reader = (await fileOf(partial(key)))?.stream().getReader();
      if (!reader) return;
      for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
    },
    async commit(key) {
      const from = await fileOf(partial(key));
      if (!from) throw new Error(`nothing was fetched for ${key}`);
      // A writable becomes the file only when it is closed: a reader never sees half of it.
      const target = await (await folder()).getFileHandle(flat(key), { create: true });
      const stream = await target.createWritable();
      await from.stream().pipeTo(stream);
      await (await folder()).removeEntry(partial(key));
    },
    async discard(key) {
      await (await folder()).removeEntry(partial(key)).catch(() => {});
    },
  };
}
