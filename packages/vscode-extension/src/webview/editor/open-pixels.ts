import type { EditorView } from '../../protocol/editor.js';
import type { EnginePrompt } from '../../protocol/engine.js';
import type { PixelWorker } from '../../protocol/pixels.js';
import { connectEngine } from '../shared/host.js';
import { startPixelWorker } from '../shared/pixel-client.js';

/**
 * Starts the worker of an editor's picture. What is asked of it before the picture is there waits for the picture; where
 * that could not be fetched, the next question tries again. The host's engine is asked for answers from here, past the worker: what
 * the page draws after a click would hold up the message on its way out of it. It is the worker's turn where the engine misses pixels.
 */
export function openPixels(
  { assets, imageUrl }: EditorView,
  onProgress: (done: number, total: number) => void,
): PixelWorker {
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
  const engine = assets.backend === 'host' ? connectEngine() : undefined;
  return new Proxy<PixelWorker>(pixels, {
    get(target, name: keyof PixelWorker) {
      const call = async (...given: never[]) => {
        await open();
        return (target[name] as (...args: never[]) => unknown)(...given);
      };
      if (name !== 'predict' || !engine) return call;
      return async (prompt: EnginePrompt) =>
        (await engine.predict(imageUrl, prompt)) ?? call(...([prompt] as never[]));
    },
  });
}
