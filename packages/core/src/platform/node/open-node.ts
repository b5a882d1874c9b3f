import { availableParallelism } from 'node:os';
import { CutkitError } from '../../errors.js';
import { hasExternalData } from '../../models/onnx/external.js';
import { readModelInputs } from '../../models/onnx/walk.js';
import { openNative } from '../../runtime/ort-native.js';
import { ortWeb } from '../../runtime/ort-web.js';
import { type Candidate, pick } from '../../runtime/pick.js';
import type { Session, SessionOptions } from '../../runtime/session.js';

/** Backends that exist in Node. */
export type NodeBackend = 'auto' | 'native' | 'wasm';

const NATIVE: Candidate = { backend: 'native', open: openNative };
const openWasm = ortWeb(() => import('onnxruntime-web'), 'wasm');
const WASM: Candidate = {
  backend: 'wasm',
  // Node has no `navigator.hardwareConcurrency` before version 21.
  open: (model, options) => openWasm(model, { threads: Math.min(4, availableParallelism()), ...options }),
};

/**
 * Opens model bytes in Node. `auto` prefers native and says through `onNotice` when it has to fall back. A model with weights in
 * files beside it is opened from `path`, natively; without one, or in WASM, it is `BACKEND_UNAVAILABLE`.
 */
export async function openNode(
  model: Uint8Array,
  backend: NodeBackend,
  options: SessionOptions,
  onNotice?: (text: string) => void,
  path?: string,
): Promise<Session> {
  readModelInputs(model);
  if (hasExternalData(model)) {
    if (path === undefined || backend === 'wasm') throw needsNative();
    return pick([{ backend: 'native', open: (_, own) => openNative(path, own) }], model, options);
  }
  const candidates = { auto: [NATIVE, WASM], native: [NATIVE], wasm: [WASM] }[backend];
  return pick(candidates, model, options, onNotice);
}

function needsNative(): CutkitError {
  return new CutkitError(
    'BACKEND_UNAVAILABLE',
    'The model keeps its weights in a file beside it, which only the native backend reads.',
    'Give its path, with onnxruntime-node installed, and no --backend wasm; or export it with its weights inside.',
  );
}
