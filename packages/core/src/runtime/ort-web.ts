import type { Env } from 'onnxruntime-common';
import { oneAtATime } from './one-at-a-time.js';
import { type OrtApi, ortSession } from './ort-session.js';
import type { OpenSession, Session, SessionOptions } from './session.js';

/** Any build of onnxruntime-web. The host imports the one that suits it, so that bundles carry no other. */
export type OrtWeb = OrtApi & { readonly env: Env };

/** WASM gains little past four threads and each costs memory. */
const MAX_THREADS = 4;

/**
 * The runtime keeps what a call works with on its one stack, across steps that wait: calls that overlap, of any session,
 * read each other's memory. They take turns instead, which costs nothing, since one thread runs them all.
 */
const inTurn = oneAtATime();

/**
 * Makes an opener for onnxruntime-web. Threads, `runtimeUrl` and `wasmBinary` belong to the runtime's one global
 * instance, so the first session decides them; ONNX Runtime itself ignores later changes.
 */
export function ortWeb(load: () => Promise<OrtWeb>, backend: 'wasm' | 'webgpu'): OpenSession {
  return async (model, options) => {
    const ort = await load();
    ort.env.logLevel = 'error';
    ort.env.wasm.numThreads = options.threads ?? defaultThreads(options);
    if (options.wasmBinary) ort.env.wasm.wasmBinary = options.wasmBinary;
    if (options.runtimeUrl) ort.env.wasm.wasmPaths = `${options.runtimeUrl.replace(/\/$/, '')}/`;
    const session = await inTurn(() =>
      ortSession(ort, backend, model, {
        executionProviders: [backend],
        graphOptimizationLevel: 'all',
        logSeverityLevel: 3,
      }),
    );
    return takingTurns(session);
  };
}

function takingTurns(session: Session): Session {
  return {
    ...session,
    run: (feeds) => inTurn(() => session.run(feeds)),
    dispose: () => inTurn(() => session.dispose()),
  };
}

function defaultThreads({ runtimeUrl }: SessionOptions): number {
  if (runtimeUrl === undefined || !globalThis.crossOriginIsolated) return 1;
  return Math.min(MAX_THREADS, globalThis.navigator.hardwareConcurrency);
}
