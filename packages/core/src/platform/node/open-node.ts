import { readModelInputs } from '../../models/onnx/walk.js';
import { openNative } from '../../runtime/ort-native.js';
import { ortWeb } from '../../runtime/ort-web.js';
import { type Candidate, pick } from '../../runtime/pick.js';
import type { Session, SessionOptions } from '../../runtime/session.js';

/** Backends that exist in Node. */
export type NodeBackend = 'auto' | 'native' | 'wasm';

const NATIVE: Candidate = { backend: 'native', open: openNative };
const WASM: Candidate = { backend: 'wasm', open: ortWeb(() => import('onnxruntime-web'), 'wasm') };

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
