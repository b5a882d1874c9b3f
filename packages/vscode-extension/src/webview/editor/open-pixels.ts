import type { EditorView } from '../../protocol/editor.js';
import type { PixelWorker } from '../../protocol/pixels.js';
import { connectEngine } from '../shared/host.js';
import { startPixelWorker } from '../shared/pixel-client.js';

/** The worker of one picture, which has it or will. */
export type OpenPixels = Omit<PixelWorker, 'open'>;

/**
 * Starts the worker of an editor's picture. What is asked of it before the picture is there waits for the picture; where
 * that could not be fetched, the next question tries again. The host's engine is asked for answers from here, past the worker: what
 * the page draws after a click would hold up the message on its way out of it. It is the worker's turn where the engine misses pixels.
 */
export function openPixels(
  { assets, imageUrl }: EditorView,
  onProgress: (done: number, total: number) => void,
): OpenPixels {
  const pixels = startPixelWorker(assets, onProgress);
  const give = async () => {
    const response = await fetch(imageUrl);
    await pixels.open(imageUrl, await response.blob());
  };
  let opened: Promise<void> | undefined;
  const open = () => {
    opened ??= give().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  const asked = async <T>(question: () => Promise<T>): Promise<T> => {
    await open();
    return question();
  };
  const engine = assets.backend === 'host' ? connectEngine() : undefined;
  return {
    prepare: () => asked(() => pixels.prepare()),
    predict: async (prompt) =>
      (await engine?.predict(imageUrl, prompt)) ?? asked(() => pixels.predict(prompt)),
    suggest: (options, job) => asked(() => pixels.suggest(options, job)),
    cancel: (job) => pixels.cancel(job),
    subject: () => asked(() => pixels.subject()),
    cutout: () => asked(() => pixels.cutout()),
  };
}
