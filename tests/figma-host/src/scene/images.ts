import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { imageSize } from 'image-size';

/** Longest side that the editor takes. */
export const MAX_IMAGE_SIDE = 4096;
const TYPES: ReadonlySet<string> = new Set(['png', 'jpg', 'gif']);

/** A picture as the editor keeps it. */
export interface StoredImage {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The pictures of a document by hash. They outlive undo, as in the editor. */
export interface ImageStore {
  /** Takes PNG, JPEG or GIF up to {@link MAX_IMAGE_SIDE} a side. Throws what the editor throws. */
  add(bytes: Uint8Array): string;
  /** As {@link add}, without the limit: what a file brings along may be larger. */
  keep(bytes: Uint8Array): string;
  /** Whether the file knows of a picture, its bytes at hand or not. */
  has(hash: string): boolean;
  get(hash: string): StoredImage | undefined;
  /** Loses a picture's bytes but not its name, as when they cannot be downloaded. */
  lose(hash: string): void;
}

/** An empty store. */
export function createImageStore(): ImageStore {
  const images = new Map<string, StoredImage | undefined>();
  const keep = (bytes: Uint8Array): string => {
    const hash = bytesToHex(sha1(bytes));
    images.set(hash, { bytes: bytes.slice(), ...measure(bytes) });
    return hash;
  };
  return {
    add(bytes) {
      const { width, height } = measure(bytes);
      if (width > MAX_IMAGE_SIDE || height > MAX_IMAGE_SIDE) throw new Error('Image is too large');
      if (width < 1 || height < 1) throw new Error('Image is too small');
      return keep(bytes);
    },
    keep,
    has: (hash) => images.has(hash),
    get: (hash) => images.get(hash),
    lose: (hash) => void images.set(hash, undefined),
  };
}

function measure(bytes: Uint8Array): { width: number; height: number } {
  try {
    const { type, width, height } = imageSize(bytes);
    if (type && TYPES.has(type)) return { width, height };
  } catch {
    // Not a picture at all: the same answer as for a kind that is not taken.
  }
  throw new Error('Image type is unsupported');
}
