import { appendFile, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { Job } from './plan.js';

/** The batch's memory of what it finished, one JSON object a line; a broken last line is what a kill leaves. */
const NAME = '.cutkit-batch.jsonl';

interface Entry {
  readonly output: string;
  /** Input, its size and time, and every option that shapes the result. */
  readonly made: string;
}

/** Tells finished outputs from others, across runs. */
export interface Journal {
  /** `fresh`: nothing there; `done`: made by this very job; `ours`: made by an earlier one; `foreign`: not by us. */
  state(job: Job): Promise<'fresh' | 'done' | 'ours' | 'foreign'>;
  /** Notes that a job's outputs are complete. */
  finish(job: Job): Promise<void>;
}

/** Opens the journal in `directory` for jobs made with `options` (anything that JSON can hold). */
export async function openJournal(directory: string, options: unknown): Promise<Journal> {
  const file = join(directory, NAME);
  const known = new Map((await readEntries(file)).map(({ output, made }) => [output, made]));
  const key = (path: string) => relative(directory, resolve(path));
  const outputs = (job: Job) => [job.cutout, job.mask].filter((path) => path !== undefined);
  const made = async (job: Job) => {
    const { size, mtimeMs } = await stat(job.input);
    return JSON.stringify([resolve(job.input), size, mtimeMs, options]);
  };
  return {
    async state(job) {
      const there = await Promise.all(outputs(job).map(exists));
      if (!there.includes(true)) return 'fresh';
      const existing = outputs(job).filter((_, i) => there[i]);
      if (existing.some((path) => !known.has(key(path)))) return 'foreign';
      const now = await made(job);
      return there.every(Boolean) && existing.every((path) => known.get(key(path)) === now) ? 'done' : 'ours';
    },
    async finish(job) {
      const now = await made(job);
      const lines = outputs(job).map((path) => `${JSON.stringify({ output: key(path), made: now })}\n`);
      for (const path of outputs(job)) known.set(key(path), now);
      await mkdir(directory, { recursive: true });
      await appendFile(file, lines.join(''));
    },
  };
}

/** The deepest directory that holds all of `paths`. */
export function commonDirectory(paths: readonly string[]): string {
  let common = dirname(resolve(paths[0] ?? '.'));
  for (const path of paths) while (relative(common, resolve(path)).startsWith('..')) common = dirname(common);
  return common;
}

async function readEntries(file: string): Promise<Entry[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as Entry];
    } catch {
      return [];
    }
  });
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
