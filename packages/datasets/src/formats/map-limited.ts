import type { WorkOptions } from '@cutkit/core';
import { AnnotationError } from '../model/annotation-error.js';
import type { RecordsOptions } from '../model/dataset.js';

/** Files asked for at a time: remote and virtual file systems choke on more. */
const LIMIT = 8;

/** Maps with at most eight in work at a time, results in the order of the items. */
export async function mapLimited<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
  { signal, onProgress, stage = 'files' }: WorkOptions & { readonly stage?: string } = {},
): Promise<Result[]> {
  const results: Result[] = new Array(items.length);
  let [next, done] = [0, 0];
  const lane = async () => {
    while (next < items.length) {
      signal?.throwIfAborted();
      const index = next++;
      results[index] = await work(items[index]!, index);
      onProgress?.({ stage, done: ++done, total: items.length });
    }
  };
  await Promise.all(Array.from({ length: Math.min(LIMIT, items.length) }, lane));
  return results;
}

/** Reads records in order, a few ahead of the one that is asked for. */
export async function* recordsOf<Result>(
  count: number,
  read: (index: number) => Promise<Result>,
  { signal, onProgress, onBroken }: RecordsOptions = {},
): AsyncGenerator<Result> {
  const ahead: Promise<Result>[] = [];
  for (let index = 0, asked = 0; index < count; index++) {
    signal?.throwIfAborted();
    for (; asked < count && ahead.length < LIMIT; asked++) {
      const reading = read(asked);
      // A failure is met when its turn comes, not as an unhandled one.
      reading.catch(() => undefined);
      ahead.push(reading);
    }
    try {
      yield await ahead.shift()!;
    } catch (error) {
      if (!onBroken || !(error instanceof AnnotationError)) throw error;
      onBroken(error, index);
    }
    onProgress?.({ stage: 'images', done: index + 1, total: count });
  }
}
