import { createXXHash64 } from 'hash-wasm';
import type { Raster } from '../types.js';
import type { ImageEmbedding } from './prompt-model.js';

/** Embeddings by picture, the least recently used dropped when they take more than a budget. */
export interface EmbeddingCache {
  /** The picture's embedding, from `make` when it is not kept. Two calls at once for one picture make it once. */
  get(image: Raster, make: () => Promise<ImageEmbedding>): Promise<ImageEmbedding>;
  clear(): void;
}

/** A cache of at most `budget` bytes; one embedding is always kept, however large. */
export function createEmbeddingCache(budget: number): EmbeddingCache {
  // A Map keeps insertion order: the first entry is the one unused for longest.
  const kept = new Map<string, Promise<ImageEmbedding>>();
  const sizes = new Map<string, number>();
  const trim = () => {
    let total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    for (const key of kept.keys()) {
      if (total <= budget || kept.size === 1) return;
      total -= sizes.get(key) ?? 0;
      kept.delete(key);
      sizes.delete(key);
    }
  };
  return {
    async get(image, make) {
      const key = await keyOf(image);
      const found = kept.get(key);
      if (found) {
        kept.delete(key);
        kept.set(key, found);
        return found;
      }
      const made = make();
      kept.set(key, made);
      try {
        sizes.set(key, (await made).bytes);
      } catch (error) {
        kept.delete(key);
        throw error;
      }
      trim();
      return made;
    },
    clear() {
      kept.clear();
      sizes.clear();
    },
  };
}

async function keyOf({ width, height, channels, data }: Raster): Promise<string> {
  const hasher = await createXXHash64();
  hasher.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return `${width}x${height}x${channels}:${hasher.digest('hex')}`;
}
