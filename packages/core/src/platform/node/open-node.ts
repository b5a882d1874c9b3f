import { availableParallelism } from 'node:os';
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

/** Opens model bytes in Node. `auto` prefers native and says through `onNotice` when it has to fall back. */
export async function openNode(
  model: Uint8Array,
  backend: NodeBackend,
  options: SessionOptions,
  onNotice?: (text: string) => void,
): Promise<Session> {
  readModelInputs(model);
  const candidates = { auto: [NATIVE, WASM], native: [NATIVE], wasm: [WASM] }[backend];
  return pick(candidates, model, options, onNotice);
}
