import type { EditorView } from '../../protocol/editor.js';
import type { PixelWorker } from '../../protocol/pixels.js';
import { startPixelWorker } from '../shared/pixel-client.js';

/**
 * Starts the worker of an editor's picture. What is asked of it before the picture is there waits for the picture; where
 * that could not be fetched, the next question tries again.
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
  return new Proxy<PixelWorker>(pixels, {
    get:
      (target, name: keyof PixelWorker) =>
      async (...given: never[]) => {
        await open();
        return (target[name] as (...args: never[]) => unknown)(...given);
      },
  });
}
