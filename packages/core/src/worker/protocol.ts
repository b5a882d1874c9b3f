import type { AutomaskOptions } from '../automask/options.js';
import type { MaskRecord } from '../automask/record.js';
import type { DecodedMasks, FramePrompt, ImageEmbedding, PromptModel } from '../decode/prompt-model.js';
import type { Mask } from '../mask/mask.js';
import type { SoftOptions } from '../mask/soft-mask.js';
import type { Manifest } from '../models/manifest.js';
import type { PredictedMask, PredictOptions } from '../predictor.js';
import type { Prompt } from '../prompt/prompt.js';
import type { Removal, RemoveOptions } from '../remover.js';
import type { Backend } from '../runtime/session.js';
import type { Alpha, Progress, Raster, WorkOptions } from '../types.js';

/** Where and how a worker runs a network. */
interface WorkerRuntime {
  readonly manifest: Manifest;
  readonly backend: 'auto' | 'webgpu' | 'wasm';
  readonly threads?: number;
  readonly wasmBinary?: Uint8Array;
}

/** What a worker needs to open a remover: plain data only. */
export interface WorkerOpenOptions extends WorkerRuntime {
  readonly model: Uint8Array;
}

/** What a worker needs to open a promptable model. */
export interface WorkerPromptOptions extends WorkerRuntime {
  readonly encoder: Uint8Array;
  readonly decoder: Uint8Array;
}

/** What a worker needs to open a predictor: `cacheBytes` bounds its embeddings. */
export interface WorkerPredictorOptions extends WorkerPromptOptions {
  readonly cacheBytes?: number;
}

/** An embedding that stays in the worker: its number there, and its geometry. */
type WorkerEmbedding = Omit<ImageEmbedding, 'tensors'> & { readonly number: number };

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
  openPrompt(
    options: WorkerPredictorOptions,
  ): Promise<Reply<Required<Pick<PromptModel, 'id' | 'logitSide' | 'closeUp'>>>>;
  embed(job: number, image: Raster): Promise<Reply<WorkerEmbedding>>;
  decode(
    embedding: number,
    prompts: readonly FramePrompt[],
    multimask: boolean,
  ): Promise<Reply<DecodedMasks>>;
  setImage(job: number, image: Raster): Promise<Reply<void>>;
  predictMany(
    job: number,
    prompts: readonly Prompt[],
    options: Omit<PredictOptions, keyof WorkOptions>,
  ): Promise<Reply<PredictedMask[][]>>;
  maskInput(mask: Mask): Promise<Reply<Float32Array>>;
  soften(answer: Pick<PredictedMask, 'mask' | 'logits'>, options: SoftOptions): Promise<Reply<Alpha>>;
  automask(
    job: number,
    image: Raster,
    options: Partial<AutomaskOptions>,
    onRecord: (record: MaskRecord) => void,
    onProgress: (progress: Progress) => void,
  ): Promise<Reply<void>>;
  /** Lets go of an embedding that no one can ask about any more. */
  forget(embedding: number): void;
  /** Stops a running job at its next step. */
  abort(job: number): void;
}

/** A value, or a failure with its stable code. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly hint: string };
