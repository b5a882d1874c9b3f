import { closeUpWindow, cropRaster, type Raster } from '@cutkit/core';
import { type Engine, type EnginePrompt, windowKey } from '../protocol/engine.js';
import { framePicture } from './frame-picture.js';

/** Lets an engine see pictures, each once. */
export interface Embedder {
  /** Has a picture embedded under a key, unless it is, or soon will be. */
  embed(key: string, image: Raster): Promise<void>;
  /** The same, and the window too in which the prompt's box is looked at closely: at its own resolution. */
  embedFor(key: string, image: Raster, prompt: EnginePrompt): Promise<void>;
}

/** An embedder for `engine`. */
export function createEmbedder(engine: Pick<Engine, 'knows' | 'embed' | 'openPrompt'>): Embedder {
  /** Embeddings that are under way, by key: whoever needs one meanwhile waits for the same. */
  const underway = new Map<string, Promise<void>>();
  const once = async (key: string, image: () => Raster) => {
    if (await engine.knows(key)) return;
    const send = async () => engine.embed(framePicture(key, image(), await engine.openPrompt()));
    const work = underway.get(key) ?? send().finally(() => underway.delete(key));
    underway.set(key, work);
    await work;
  };
  return {
    embed: (key, image) => once(key, () => image),
    async embedFor(key, image, prompt) {
      await once(key, () => image);
      const part = closeUpWindow(prompt, image.width, image.height);
      if (part) await once(windowKey(key, part), () => cropRaster(image, part));
    },
  };
}
