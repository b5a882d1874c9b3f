/** Milliseconds that work may hold the editor's thread before it lets others have it: less than a frame. */
const SLICE_MS = 12;

/** Awaited between pieces of work that may be many: gives the editor its thread back when it was held for long enough. */
export function createBreath(): () => Promise<void> {
  let since = Date.now();
  return async () => {
    if (Date.now() - since < SLICE_MS) return;
    await new Promise((turn) => setTimeout(turn, 0));
    since = Date.now();
  };
}
