import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import type { ModelStore, PartialWriter } from '../../models/store.js';
import { fileError } from './file-error.js';

/** A lock that was not renewed for so long belongs to a dead process. */
const STALE_MS = 10_000;

/** The user's model directory: env `CUTKIT_MODELS_DIR`, else the platform's cache directory. */
export function defaultModelsDir(): string {
  const { CUTKIT_MODELS_DIR, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (CUTKIT_MODELS_DIR) return CUTKIT_MODELS_DIR;
  if (process.platform === 'win32') return join(LOCALAPPDATA ?? homedir(), 'cutkit', 'models');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'cutkit', 'models');
  return join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cutkit', 'models');
}

/**
 * Models in a directory, as `<id>/<file>`. A plain `<id>.onnx` in the directory is read too, so a folder filled for
 * rembg works as it is. Errors: `DISK_FULL`, `OUTPUT_UNWRITABLE`, `INPUT_UNREADABLE`.
 */
export function nodeModelStore(directory: string): ModelStore {
  const path = (key: string) => join(directory, key);
  const partial = (key: string) => `${path(key)}.part`;
  const plain = (key: string) => join(directory, `${dirname(key)}.onnx`);
  return {
    async exclusively(key, work, signal) {
      const release = await guarded(path(key), async () => {
        await mkdir(dirname(path(key)), { recursive: true });
        return acquire(path(key), signal);
      });
      try {
        return await work();
      } finally {
        await release();
      }
    },
    async has(key) {
      return ((await sizeOf(path(key))) ?? (await sizeOf(plain(key)))) !== undefined;
    },
    async read(key) {
      return (await readIfThere(path(key))) ?? (await readIfThere(plain(key)));
    },
    async partialSize(key) {
      return (await sizeOf(partial(key))) ?? 0;
    },
    async openPartial(key, restart) {
      return guarded(path(key), () => openWriter(partial(key), restart));
    },
    readPartial: (key) => createReadStream(partial(key)),
    async commit(key) {
      await guarded(path(key), () => rename(partial(key), path(key)));
    },
    async discard(key) {
      await rm(partial(key), { force: true });
    },
  };
}

async function openWriter(file: string, restart: boolean): Promise<PartialWriter> {
  const handle = await open(file, restart ? 'w' : 'a');
  return {
    write: (chunk) => guarded(file, () => handle.writeFile(chunk)),
    async close() {
      try {
        await guarded(file, () => handle.sync());
      } finally {
        await handle.close();
      }
    },
  };
}

/** Waits for its turn; the lock of a process that died counts no more after some seconds. Gives the lock's release. */
async function acquire(file: string, signal?: AbortSignal): Promise<() => Promise<void>> {
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await lock(file, { realpath: false, stale: STALE_MS });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
      await sleep(200);
    }
  }
}

async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw fileError(error, file);
  });
}

async function sizeOf(file: string): Promise<number | undefined> {
  return stat(file).then(
    ({ size }) => size,
    () => undefined,
  );
}

async function guarded<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileError(error, file, 'write');
  }
}
