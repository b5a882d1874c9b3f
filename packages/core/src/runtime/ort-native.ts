import { ortSession } from './ort-session.js';
import type { Session, SessionOptions } from './session.js';

/**
 * Opens a model on native ONNX Runtime (`onnxruntime-node`, an optional dependency of the host). Node only. A path instead of
 * bytes lets the model keep weights in files beside it.
 */
export async function openNative(model: Uint8Array | string, options: SessionOptions): Promise<Session> {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  return ortSession({ InferenceSession, Tensor }, 'native', model, {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    // Threads that spin while they wait take the cores from what comes after a run, and from everything else on the machine.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    ...(options.threads === undefined ? {} : { intraOpNumThreads: options.threads }),
  });
}
