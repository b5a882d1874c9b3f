/** Lets one call run at a time; of those that come meanwhile only the newest runs after it. */
export function latest(run: () => Promise<void>): () => void {
  let isRunning = false;
  let isStale = false;
  const go = async () => {
    isRunning = true;
    do {
      isStale = false;
      await run();
    } while (isStale);
    isRunning = false;
  };
  return () => {
    isStale = true;
    if (!isRunning) void go();
  };
}
