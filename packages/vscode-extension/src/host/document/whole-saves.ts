import type PQueue from 'p-queue';

/**
 * A save that ends with `state` as `write` found it: what is done while files are being written is written too, since the workbench
 * takes for saved what a document is when its save ends. Saves take their turn in `queue`; each reads what the one before wrote.
 */
export function wholeSaves(
  queue: PQueue,
  state: () => unknown,
  write: () => Promise<void>,
): () => Promise<void> {
  const save = async () => {
    for (let written: unknown; written !== state(); ) {
      written = state();
      await write();
    }
  };
  return () => queue.add(save);
}
