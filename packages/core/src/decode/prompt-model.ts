import type { Raster, Tensor, WorkOptions } from '../types.js';

/** What a point says: −1 nothing (padding), 0 background, 1 subject, 2 a box's top left, 3 its bottom right. */
export type PointLabel = -1 | 0 | 1 | 2 | 3;

/** One prompt in the network's frame. */
export interface FramePrompt {
  /** x and y in pixels of the frame, without the half pixel that networks add. */
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly labels: readonly PointLabel[];
  /** Logits of an earlier answer, `side × side`, to be refined. */
  readonly mask?: Float32Array;
}

/** A picture as the network's encoder saw it. */
export interface ImageEmbedding {
  /** The picture's size. */
  readonly width: number;
  readonly height: number;
  /** Side of the network's square frame, and the part of it that the picture fills. */
  readonly frame: number;
  readonly content: { readonly width: number; readonly height: number };
  readonly tensors: Readonly<Record<string, Tensor>>;
  /** What the tensors take, for caches with a budget. */
  readonly bytes: number;
}

/** Answers to `prompts` prompts, `candidates` masks each. */
export interface DecodedMasks {
  readonly prompts: number;
  readonly candidates: number;
  /** Side of a plane of logits. */
  readonly side: number;
  /** `[prompts, candidates, side, side]`. */
  readonly logits: Float32Array;
  /** The network's own estimate of each mask's IoU, `[prompts, candidates]`. */
  readonly scores: Float32Array;
}

/** A promptable network, whatever its files look like. */
export interface PromptModel {
  readonly id: string;
  /** Side of the square planes of logits that it takes and gives. */
  readonly logitSide: number;
  /** Whether it looks closely at boxes unless told not to (`PredictOptions.closeUp`). Default false. */
  readonly closeUp?: boolean;
  embed(image: Raster, work?: WorkOptions): Promise<ImageEmbedding>;
  /** With `multimask` the candidates of an ambiguous prompt, else the one mask by the model's own rule. */
  decode(
    embedding: ImageEmbedding,
    prompts: readonly FramePrompt[],
    multimask: boolean,
  ): Promise<DecodedMasks>;
  dispose(): Promise<void>;
}
