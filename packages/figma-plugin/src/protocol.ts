/**
 * All that passes between the plugin's two halves: `src/main` (Figma's virtual machine) and `src/ui` (the window). Plain data
 * and Uint8Arrays only, which is what Figma's messages promise to carry.
 */
import type { PaintGeometry } from './geometry/paint-geometry.js';

/** The commands of the menu and the relaunch buttons. */
export type Command = 'remove' | 'segment' | 'everything' | 'refine' | 'restore';

/** How a cut-out is put into the file. */
export const OUTPUTS = ['mask-group', 'fill-stack', 'replace-fill', 'new-layer', 'vector-outline'] as const;

/** One of {@link OUTPUTS}. */
export type Output = (typeof OUTPUTS)[number];

/** `auto` takes what suits each layer. */
export type OutputChoice = 'auto' | Output;

/** A layer of the selection that can be cut. */
export interface Layer {
  readonly id: string;
  readonly name: string;
  /** The picture's hash, or for a layer without one how to draw it. */
  readonly source: { readonly kind: 'image'; readonly hash: string } | { readonly kind: 'render' };
  /** The space that outlines are given in, and where the picture's pixels lie in it. */
  readonly width: number;
  readonly height: number;
  readonly geometry: PaintGeometry;
  readonly preferred: Output;
  /** Why an output cannot be had, in words; what is absent can. */
  readonly refused: Partial<Record<Output, string>>;
  /** The mask or cut-out that is there already: its picture's hash, and where its coverage is. */
  readonly existing?: { readonly hash: string; readonly coverage: 'luminance' | 'alpha' };
}

/** Something that went wrong, or is worth knowing, about one layer. */
export interface LayerNote {
  readonly layer: string;
  readonly text: string;
}

/** What the selection holds. */
export interface Selected {
  readonly layers: readonly Layer[];
  readonly problems: readonly LayerNote[];
}

/** A picture to be put into the file: PNG bytes, and by how much it is smaller than the layer's own. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly scale: number;
}

/** What becomes of one layer. */
export interface LayerResult {
  readonly id: string;
  /** The layer's name, for what is said of it when it is gone. */
  readonly layer: string;
  readonly output: Output;
  /** Which of the request's pictures; none for an outline. */
  readonly picture?: number;
  /** Path data in the layer's space, for an outline. */
  readonly outline?: string;
  /** A new layer stands beside the old one, or right on it. */
  readonly place?: 'beside' | 'above';
  /** Name of a new layer. */
  readonly name?: string;
}

/** One operation: all of it lands in one undo step, or none of it. */
export interface ApplyRequest {
  readonly pictures: readonly Picture[];
  readonly results: readonly LayerResult[];
}

/** How an operation went. */
export interface Report {
  readonly done: number;
  readonly problems: readonly LayerNote[];
}

/** What is remembered between runs. */
export interface Settings {
  readonly output: OutputChoice;
  readonly decontaminate: boolean;
  readonly sizes: Readonly<Record<'panel' | 'editor', readonly [width: number, height: number]>>;
}

/** With what the window is opened. */
export interface Opening {
  readonly command: Command;
  readonly settings: Settings;
}

/** What the window asks of the main half. Failures reject with their words. */
export interface MainApi {
  opening(): Opening;
  selected(): Promise<Selected>;
  /** The picture's file as it is in the document. */
  imageBytes(hash: string): Promise<Uint8Array>;
  /** A layer drawn as PNG. */
  renderLayer(id: string): Promise<Uint8Array>;
  apply(request: ApplyRequest): Promise<Report>;
  saveSettings(settings: Settings): Promise<void>;
  resize(width: number, height: number): void;
  /** Figma's own undo, for ⌘Z pressed in the window. */
  undo(): void;
  /** Ends the plugin, with a last word. */
  finish(notice: string): void;
}

/** What the main half tells the window. */
export interface UiApi {
  selectionChanged(): void;
}
