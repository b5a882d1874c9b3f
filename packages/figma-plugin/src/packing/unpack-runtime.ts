import { decompress } from 'brotli/decompress';
import { fromBase91 } from './base91.js';

/** The runtime's WASM: brotli, a third smaller than gzip, and no browser unpacks it by itself. */
export function unpackRuntime(text: string): Uint8Array {
  return decompress(fromBase91(text));
}
