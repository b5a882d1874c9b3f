import type { Tensor } from '../types.js';

/** Where a network runs. `auto` tries the fastest first. */
export type Backend = 'native' | 'webgpu' | 'wasm';

/** A named input or output of a model. A negative dimension is free. */
export interface TensorInfo {
  readonly name: string;
  readonly type: string;
  readonly dims: readonly number[];
  /** The names of free dimensions, where the runtime tells them; inputs that share a name share a size. */
  readonly symbols?: readonly (string | undefined)[];
}

/** The one port through which every stage reaches a network. ONNX Runtime sits behind it. */
export interface Session {
  readonly backend: Backend;
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  /** Runs the network once. Feeds are keyed by input name; the result by output name. */
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>;
  /** Releases the network's memory. Safe to call twice. */
  dispose(): Promise<void>;
}

/** What a backend needs to start. */
export interface SessionOptions {
  /**
   * CPU threads. Default: the runtime's choice natively; for WASM up to 4 in Node, and in a browser 1 unless
   * `runtimeUrl` is set and the page is cross-origin isolated.
   */
  readonly threads?: number;
  /**
   * Folder from which a browser loads onnxruntime-web's own `.mjs` and `.wasm` files. Without it the copy inside the
   * page's bundle is used, whose threads would have to start that whole bundle again, each.
   */
  readonly runtimeUrl?: string;
  /** The bytes of `ort-wasm-simd-threaded.wasm`, for hosts that cannot fetch (a Figma frame, a webview). */
  readonly wasmBinary?: Uint8Array;
}

/** Opens an ONNX model on one backend; rejects when the backend cannot start or the bytes are not a model. */
export type OpenSession = (model: Uint8Array, options: SessionOptions) => Promise<Session>;
