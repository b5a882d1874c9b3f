import type { Manifest } from '../models/manifest.js';
import type { Removal, RemoveOptions } from '../remover.js';
import type { Backend } from '../runtime/session.js';
import type { Progress, Raster } from '../types.js';

/** What a worker needs to open a remover: plain data only. */
export interface WorkerOpenOptions {
  readonly model: Uint8Array;
  readonly manifest: Manifest;
  readonly backend: 'auto' | 'webgpu' | 'wasm';
  readonly threads?: number;
  readonly wasmBinary?: Uint8Array;
}

/** The options of one removal that can be cloned; the signal and the progress callback travel beside them. */
type WorkerRemoveOptions = Omit<RemoveOptions, 'signal' | 'onProgress'>;

/** The worker's side, as Comlink exposes it. Errors cross as plain data, since a clone loses their class. */
export interface WorkerApi {
  open(options: WorkerOpenOptions): Promise<Reply<Backend>>;
  remove(
    job: number,
    image: Raster,
    options: WorkerRemoveOptions,
    onProgress: (progress: Progress) => void,
  ): Promise<Reply<Removal>>;
  /** Stops a running job at its next step. */
  abort(job: number): void;
}

/** A value, or a failure with its stable code. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly hint: string };
