import type { CocoRle, Manifest, PixelWindow, PromptBox, Raster, Tensor, TensorInfo } from '@cutkit/core';

/**
 * A picture, or a window of one (see {@link windowKey}), reduced to a network's frame. It stands for the whole of it, whose size it
 * carries.
 */
export interface FramedPicture {
  /** Names the picture among all that an engine has seen. */
  readonly key: string;
  readonly pixels: Raster;
  /** Size of the whole picture. */
  readonly width: number;
  readonly height: number;
}

/** What a person said about the thing they mean, in pixels of the whole picture. */
export interface EnginePrompt {
  readonly points: readonly { readonly x: number; readonly y: number; readonly label: 0 | 1 }[];
  readonly box?: PromptBox;
  /** {@link EngineAnswer.id} of the answer that this prompt refines. */
  readonly refines?: number;
  /** At most so many answers, the best: every one takes its time. All candidates by default. */
  readonly most?: number;
}

/** One candidate, best first by score. */
export interface EngineAnswer {
  /** For {@link EnginePrompt.refines}. */
  readonly id: number;
  readonly mask: CocoRle;
  /** The network's own estimate of the mask's IoU, 0–1. */
  readonly score: number;
}

/** How much an automatic run asks and keeps; see core's `AutomaskOptions`. */
export interface SuggestOptions {
  readonly pointsPerSide: number;
  readonly predIouThresh: number;
  readonly stabilityScoreThresh: number;
  readonly minMaskRegionArea: number;
}

/** A matting network as the pixel worker needs it to run the rest of the pipeline around it. */
interface MattingNetwork {
  readonly manifest: Manifest;
  readonly backend: 'native' | 'webgpu' | 'wasm';
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
}

/**
 * Runs networks. There is one in the extension host for all editors; where the host has no threads (a web extension
 * host) each webview has one of its own, behind the same calls. Only plain data crosses.
 */
export interface Engine {
  /** Opens the promptable model, once; gives its recipe, by which pictures are framed. */
  openPrompt(): Promise<Manifest>;
  /** Whether the picture of this key is still embedded. */
  knows(key: string): Promise<boolean>;
  embed(picture: FramedPicture): Promise<void>;
  /**
   * Answers one prompt on an embedded picture. A box is looked at closely: the window around it must be embedded too, under its
   * {@link windowKey}. Undefined where one of them is not, or no longer.
   */
  predict(key: string, prompt: EnginePrompt): Promise<EngineAnswer[] | undefined>;
  /** Masks for everything in a picture; rejects with `BAD_OPTION` when it is not embedded. `job` is for {@link Engine.cancel} and progress. */
  suggest(key: string, options: SuggestOptions, job: number): Promise<EngineAnswer[]>;
  cancel(job: number): void;
  openMatting(): Promise<MattingNetwork>;
  runMatting(feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>;
}

/** The key of a window of a picture, which is a picture of its own to an engine. */
export function windowKey(key: string, { x0, y0, x1, y1 }: PixelWindow): string {
  return `${key}#${x0},${y0},${x1},${y1}`;
}

/** What an engine tells while it works. */
export interface EngineListener {
  progress(job: number, done: number, total: number): void;
}
