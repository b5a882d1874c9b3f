/** Milliseconds that work may hold the editor's thread before it lets others have it: less than a frame. */
const SLICE_MS = 12;

/** Gives the editor its thread back: what follows begins a turn of its own. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** Awaited between pieces of work that may be many: takes a {@link turn} when the thread was held for long enough. */
export function createBreath(): () => Promise<void> {
  let since = Date.now();
  return async () => {
    if (Date.now() - since < SLICE_MS) return;
    await turn();
    since = Date.now();
  };
}
