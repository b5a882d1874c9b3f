import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

/** Declares a temporary directory that is new for each test; the result gives paths below it. */
export function useScratch(): (...parts: string[]) => string {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'cutkit-e2e-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));
  return (...parts) => join(root, ...parts);
}
