import { stat } from 'node:fs/promises';
import { basename, relative } from 'node:path';
import { watch as chokidar } from 'chokidar';
import { type Input, isCandidate } from './inputs.js';

/**
 * Calls `onInput` for every picture that appears or changes below `names` from now on, once it has stopped growing,
 * until the signal aborts.
 */
export async function watch(
  names: readonly string[],
  signal: AbortSignal,
  onInput: (input: Input) => Promise<void>,
): Promise<void> {
  const watcher = chokidar([...names], {
    ignoreInitial: true,
    awaitWriteFinish: { stabilityThreshold: 500 },
  });
  const roots = await Promise.all(
    names.map(async (name) => ({
      name,
      isDirectory: await stat(name).then(
        (i) => i.isDirectory(),
        () => false,
      ),
    })),
  );
  const handle = (path: string) => {
    if (!isCandidate(basename(path))) return;
    const root = roots.find(({ name, isDirectory }) => isDirectory && !relative(name, path).startsWith('..'));
    void onInput({ path, relative: root ? relative(root.name, path) : basename(path) });
  };
  watcher.on('add', handle).on('change', handle);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await watcher.close();
}
