import { appendFile, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileError } from '@cutkit/core/node';
import type { Job } from './plan.js';

/** The batch's memory of what it wrote, one JSON object a line; a broken line is what a kill leaves. */
const NAME = '.cutkit-batch.jsonl';

interface Entry {
  readonly output: string;
  /** Input, its stamp, and every option that shapes the result; absent until the output is complete. */
  readonly made?: string;
  /** The output's stamp when it was complete: one that was edited since is the user's. */
  readonly stamp?: string;
}

/** Tells finished outputs from others, across runs. */
export interface Journal {
  /** `fresh`: nothing there; `done`: made by this very job; `ours`: made by an earlier one; `foreign`: not by us. */
  state(job: Job): Promise<'fresh' | 'done' | 'ours' | 'foreign'>;
  /** Notes that a job's outputs are about to be written: whatever a kill leaves of them is ours to replace. */
  begin(job: Job): Promise<void>;
  /** Notes that a job's outputs are complete. */
  finish(job: Job): Promise<void>;
}

/** Opens the journal in `directory` for jobs made with `options` (anything that JSON can hold). */
export async function openJournal(directory: string, options: unknown): Promise<Journal> {
  const file = join(directory, NAME);
  const known = new Map((await readEntries(file)).map((entry) => [entry.output, entry]));
  const key = (path: string) => relative(directory, resolve(path));
  const making = async (job: Job) => JSON.stringify([resolve(job.input), await stampOf(job.input), options]);
  return {
    async state(job) {
      const outputs = await Promise.all(
        outputsOf(job).map(async (path) => ({ entry: known.get(key(path)), stamp: await stampOf(path) })),
      );
      const existing = outputs.filter(({ stamp }) => stamp !== undefined);
      if (existing.length === 0) return 'fresh';
      const isOurs = ({ entry, stamp }: (typeof outputs)[number]) =>
        entry !== undefined && (entry.made === undefined || entry.stamp === stamp);
      if (!existing.every(isOurs)) return 'foreign';
      const now = await making(job);
      return outputs.every(({ entry, stamp }) => stamp !== undefined && entry?.made === now)
        ? 'done'
        : 'ours';
    },
    async begin(job) {
      await note(outputsOf(job).map((path) => ({ output: key(path) })));
    },
    async finish(job) {
      const made = await making(job);
      const entries = outputsOf(job).map(async (path) => {
        const stamp = await stampOf(path);
        return { output: key(path), made, ...(stamp === undefined ? {} : { stamp }) };
      });
      await note(await Promise.all(entries));
    },
  };

  async function note(entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) known.set(entry.output, entry);
    // Each line begins with its break, so that what a kill left of the last one stays by itself.
    const lines = entries.map((entry) => `\n${JSON.stringify(entry)}`);
    try {
      await mkdir(directory, { recursive: true });
      await appendFile(file, lines.join(''));
    } catch (error) {
      throw fileError(error, file, 'write');
    }
  }
}

/** The deepest directory that holds all of `paths`. */
export function commonDirectory(paths: readonly string[]): string {
  let common = dirname(resolve(paths[0] ?? '.'));
  for (const path of paths) while (relative(common, resolve(path)).startsWith('..')) common = dirname(common);
  return common;
}

function outputsOf({ cutout, mask }: Job): string[] {
  return [cutout, mask].filter((path) => path !== undefined);
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

/** What changes when a file does: its size and time. Undefined for no file. */
function stampOf(path: string): Promise<string | undefined> {
  return stat(path).then(
    ({ size, mtimeMs }) => `${size}-${mtimeMs}`,
    () => undefined,
  );
}
