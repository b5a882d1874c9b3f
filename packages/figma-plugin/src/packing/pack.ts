import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { type Run, shareWeights } from '@cutkit/core';
import { toBase91 } from './base91.js';
import { coarsenWeights } from './coarsen-weights.js';

/** The networks' files as the page holds them. */
export interface PackedModels<Name extends string> {
  /** The weights are rounded to multiples of this; 1 is exact. */
  readonly step: number;
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

/** The networks' files with the finest weights that together fit `budget` characters. A tensor that two files hold is kept once. */
export function packModels<Name extends string>(
  models: Readonly<Record<Name, Uint8Array>>,
  budget: number,
  steps: readonly number[] = [1, 2, 3, 4, 5, 6, 8],
): PackedModels<Name> {
  const names = Object.keys(models) as Name[];
  for (const step of steps) {
    const coarse = Object.fromEntries(names.map((name) => [name, coarsenWeights(models[name], step)]));
    const { streams: bytes, recipes } = shareWeights(coarse as Record<Name, Uint8Array>);
    const streams = Object.fromEntries(
      Object.entries(bytes).map(([stream, content]) => [stream, pack(content)]),
    );
    const texts = [JSON.stringify(recipes), ...Object.values(streams)];
    if (texts.reduce((sum, { length }) => sum + length, 0) <= budget) return { step, streams, recipes };
  }
  throw new Error(`the networks do not fit ${budget} characters: train smaller ones`);
}
