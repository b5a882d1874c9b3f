import type { Env } from 'onnxruntime-common';
import { type OrtApi, ortSession } from './ort-session.js';
import type { OpenSession } from './session.js';

/** Any build of onnxruntime-web. The host imports the one that suits it, so that bundles carry no other. */
export type OrtWeb = OrtApi & { readonly env: Env };

/** WASM gains little past four threads and each costs memory. */
const MAX_THREADS = 4;

/**
 * Makes an opener for onnxruntime-web. Threads and `wasmBinary` belong to the runtime's one global instance, so the
 * first session decides them; ONNX Runtime itself ignores later changes.
 */
export function ortWeb(load: () => Promise<OrtWeb>, backend: 'wasm' | 'webgpu'): OpenSession {
  return async (model, options) => {
    const ort = await load();
    ort.env.logLevel = 'error';
    ort.env.wasm.numThreads =
      options.threads ?? Math.min(MAX_THREADS, globalThis.navigator?.hardwareConcurrency ?? 1);
    if (options.wasmBinary) ort.env.wasm.wasmBinary = options.wasmBinary;
    return ortSession(ort, backend, model, {
      executionProviders: [backend],
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
    });
  };
}
