import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { type Run, shareWeights } from '@cutkit/core';
import { toBase91 } from './base91.js';

/** The networks' files as the page holds them. */
export interface PackedModels<Name extends string> {
  /** Gzip as text, by the stream's name. */
  readonly streams: Readonly<Record<string, string>>;
  /** Of which stretches of the streams each file is put together, see `joinRuns`. */
  readonly recipes: Readonly<Record<Name, readonly Run[]>>;
}

export { toBase91 };

/** The runtime's WASM, as `unpackRuntime` takes it once it is text. Takes half a minute. */
export function compressRuntime(wasm: Uint8Array): Uint8Array {
  const {
    BROTLI_PARAM_QUALITY: quality,
    BROTLI_PARAM_LGWIN: window,
    BROTLI_PARAM_SIZE_HINT: hint,
  } = constants;
  const params = { [quality]: 10, [window]: 24, [hint]: wasm.length };
  return brotliCompressSync(wasm, { params });
}

/** Bytes as text, for `unpack`. */
export function pack(bytes: Uint8Array): string {
  return toBase91(gzipSync(bytes, { level: 9 }));
}

/** The networks' files; a tensor that two of them hold is kept once. */
export function packModels<Name extends string>(
  models: Readonly<Record<Name, Uint8Array>>,
): PackedModels<Name> {
  const { streams, recipes } = shareWeights(models);
  const texts = Object.entries(streams).map(([stream, content]) => [stream, pack(content)]);
  return { streams: Object.fromEntries(texts), recipes };
}
