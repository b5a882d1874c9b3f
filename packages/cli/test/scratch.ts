import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

/** A temporary directory that is new for each test of the file that calls this. */
export interface Scratch {
  /** A path below it. */
  path(...parts: string[]): string;
  /** Makes files, with their directories. */
  fill(...names: string[]): Promise<void>;
}

/** Declares the directory; its `path` may be used inside tests. */
export function useScratch(): Scratch {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'cutkit-cli-'));
  });
  afterEach(() => rm(root, { recursive: true }));
  return {
    path: (...parts) => join(root, ...parts),
    async fill(...names) {
      for (const name of names) {
        await mkdir(dirname(join(root, name)), { recursive: true });
        await writeFile(join(root, name), name);
      }
    },
  };
}
