/**
 * A save that ends with `state` as `write` found it: what is done while files are being written is written too, since the workbench
 * takes for saved what a document is when its save ends. Saves go one after another; each reads what the one before wrote.
 */
export function wholeSaves(state: () => unknown, write: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  const save = async () => {
    for (let written: unknown; written !== state(); ) {
      written = state();
      await write();
    }
  };
  return () => {
    last = last.then(save, save);
    return last;
  };
}
