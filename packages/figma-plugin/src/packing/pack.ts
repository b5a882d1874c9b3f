import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { toBase85 } from './base85.js';
import { coarsenWeights } from './coarsen-weights.js';

/** The runtime's WASM as text, see `unpackRuntime`. */
export function packRuntime(wasm: Uint8Array): string {
  const {
    BROTLI_PARAM_QUALITY: quality,
    BROTLI_PARAM_LGWIN: window,
    BROTLI_PARAM_SIZE_HINT: hint,
  } = constants;
  const params = { [quality]: 10, [window]: 24, [hint]: wasm.length };
  return toBase85(brotliCompressSync(wasm, { params }));
}

/** A network's file as text, its weights rounded to multiples of `step`; see `unpackModel`. */
export function packModel(model: Uint8Array, step: number): string {
  return toBase85(gzipSync(coarsenWeights(model, step), { level: 9 }));
}

/** Every network's files packed with the finest weights that together fit `budget` characters, and the step that was taken. */
export function packModels<Name extends string>(
  models: Readonly<Record<Name, Uint8Array>>,
  budget: number,
  steps: readonly number[] = [1, 2, 3, 4, 5, 6, 8],
): { step: number; texts: Record<Name, string> } {
  for (const step of steps) {
    const entries = Object.entries<Uint8Array>(models).map(
      ([name, model]) => [name, packModel(model, step)] as const,
    );
    const size = entries.reduce((sum, [, text]) => sum + text.length, 0);
    if (size <= budget) return { step, texts: Object.fromEntries(entries) as Record<Name, string> };
  }
  throw new Error(`the networks do not fit ${budget} characters: train smaller ones`);
}
