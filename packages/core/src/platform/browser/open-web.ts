import { clearCeilMode } from '../../models/onnx/edit.js';
import { ortWeb } from '../../runtime/ort-web.js';
import { type Candidate, pick } from '../../runtime/pick.js';
import type { Session, SessionOptions } from '../../runtime/session.js';

const WEBGPU: Candidate = {
  backend: 'webgpu',
  open: ortWeb(() => import('onnxruntime-web/webgpu'), 'webgpu'),
};
const WASM: Candidate = { backend: 'wasm', open: ortWeb(() => import('onnxruntime-web/wasm'), 'wasm') };

/** How a browser or worker opens a model. `auto` takes WebGPU where there is an adapter, else WASM. */
export interface OpenWebOptions extends SessionOptions {
  readonly backend?: 'auto' | 'webgpu' | 'wasm' | undefined;
  readonly onNotice?: ((text: string) => void) | undefined;
}

/** Opens model bytes on the web runtime, in a page or a worker. */
export async function openWeb(model: Uint8Array, options: OpenWebOptions = {}): Promise<Session> {
  const { backend = 'auto', onNotice, ...session } = options;
  const candidates = { webgpu: [WEBGPU], wasm: [WASM], auto: [WEBGPU, WASM] }[backend];
  const usable = backend === 'auto' && !(await hasGpu()) ? [WASM] : candidates;
  // WebGPU's MaxPool refuses ceil_mode=1, which U²-Net and IS-Net carry; at their input size it changes nothing.
  return pick(usable, clearCeilMode(model), session, onNotice);
}

async function hasGpu(): Promise<boolean> {
  const { gpu } = navigator as Navigator & { gpu?: { requestAdapter(): Promise<object | null> } };
  return gpu !== undefined && (await gpu.requestAdapter().catch(() => null)) !== null;
}
