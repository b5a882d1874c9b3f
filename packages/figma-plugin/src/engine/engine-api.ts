import type { AutomaskOptions, Progress, Prompt, RunLengths } from '@cutkit/core';
import type { Stroke } from '../edges/brush.js';
import type { Edges } from '../edges/edges.js';
import type { ReadonlyMatrix } from '../geometry/matrix.js';
import type { PackedFile } from '../packing/unpack.js';

/** What `ui.html` carries: the runtime, and a network's files. */
interface PackedCutout {
  readonly runtime: string;
  readonly model: PackedFile;
}

/** As {@link PackedCutout}, for the network that answers clicks. */
interface PackedPrompt {
  readonly runtime: string;
  readonly encoder: PackedFile;
  readonly decoder: PackedFile;
}

/** A picture that the engine holds. */
export interface OpenedPicture {
  readonly width: number;
  readonly height: number;
  /** How much smaller it was made, to stay within Figma's limit; 1 for most. */
  readonly scale: number;
  readonly isGif: boolean;
  /** Size of the previews. */
  readonly preview: { readonly width: number; readonly height: number };
}

/** Milliseconds of the network and of what it needs. */
export type Timings = Readonly<Record<'resize' | 'network', number>>;

/** What the network says of a picture. */
export interface Matte {
  readonly verdict: 'found' | 'uncertain' | 'empty';
  readonly timings: Timings;
}

/** Where coverage comes from before brush and edges. */
export type Base =
  | { readonly kind: 'matte' }
  | { readonly kind: 'existing' }
  | { readonly kind: 'logits'; readonly logits: Float32Array }
  | { readonly kind: 'masks'; readonly masks: readonly RunLengths[] };

/** All that makes a mask of a picture. */
export interface Edit {
  readonly base: Base;
  readonly strokes: readonly Stroke[];
  readonly edges: Edges;
}

/** One answer to a prompt. */
export interface Answer {
  readonly score: number;
  readonly stability: number;
  readonly logits: Float32Array;
  /** At the preview's size. */
  readonly mask: RunLengths;
}

/** One mask of a run over everything, at the preview's size. */
export interface Found {
  readonly mask: RunLengths;
  readonly area: number;
  readonly box: readonly [x: number, y: number, width: number, height: number];
  readonly score: number;
  readonly stability: number;
}

/** Straight-alpha RGBA at the preview's size. */
export interface Preview {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** What is to be made of an edit. */
export interface Wanted {
  readonly mask?: boolean;
  readonly cutout?: boolean;
  /** For each outline, the way from picture pixels to its layer. */
  readonly outlines?: readonly ReadonlyMatrix[];
}

/** PNG files and path data. */
export interface Finished {
  readonly mask?: Uint8Array;
  readonly cutout?: Uint8Array;
  readonly outlines: readonly string[];
}

/**
 * The work on pixels, in a worker or, where there is none, in the window itself. Pictures are known by a key of the caller's.
 * One piece of work runs at a time; failures reject with their words.
 */
export interface EngineApi {
  ping(): string;
  loadCutout(packed: PackedCutout): Promise<void>;
  loadPrompt(packed: PackedPrompt): Promise<void>;
  open(key: string, bytes: Uint8Array): Promise<OpenedPicture>;
  /** Takes a mask or cut-out that was made before as the picture's `existing` base. */
  openExisting(key: string, bytes: Uint8Array, coverage: 'luminance' | 'alpha'): Promise<void>;
  close(key: string): void;
  /** Asks the network for the subject: the picture's `matte` base. */
  matte(key: string, report: (progress: Progress) => void): Promise<Matte>;
  predict(key: string, prompt: Prompt, multimask: boolean): Promise<Answer[]>;
  everything(
    key: string,
    options: Partial<AutomaskOptions>,
    report: (progress: Progress) => void,
  ): Promise<Found[]>;
  preview(key: string, edit: Edit): Promise<Preview>;
  finish(key: string, edit: Edit, wanted: Wanted): Promise<Finished>;
  /** Stops what runs, at its next step. */
  cancel(): void;
}
