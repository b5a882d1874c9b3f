import { decompress } from 'brotli/decompress';
import { fromBase85 } from './base85.js';

/** The runtime's WASM: brotli, a third smaller than gzip, and no browser unpacks it by itself. */
export function unpackRuntime(text: string): Uint8Array {
  return decompress(fromBase85(text));
}

/** A network's file. */
export async function unpackModel(text: string): Promise<Uint8Array> {
  const stream = new Blob([fromBase85(text)]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
