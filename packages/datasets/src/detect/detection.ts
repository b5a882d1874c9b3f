import type { WorkOptions } from '@cutkit/core';
import type { Format } from '../model/dataset.js';

/** How the values of mask PNGs are read. */
export type MaskReading =
  /** Anything but 0 is the one class. */
  | 'binary'
  /** A value is a class; 0 is background, 255 is ignored unless it is the only other value. */
  | 'index'
  /** A value is one instance; 0 is background. */
  | 'id'
  /** A colour is a class; black is background. */
  | 'rgb';

/** How to open a data set; everything is found by itself when left out. */
export interface OpenOptions extends WorkOptions {
  readonly format?: Format;
  /** Where the images are; found beside the annotations when absent. */
  readonly images?: string;
  /** For mask PNGs. */
  readonly reading?: MaskReading;
}

/** A data set that was recognised, before it is opened. */
export interface Detection {
  readonly format: Format;
  /** What to give to `openDataset`: a file or folder. */
  readonly path: string;
  /** Why it is held for that, as a sentence for the user. */
  readonly reason: string;
}

/** What a search for an image's annotations gave. */
export interface SourceSearch {
  /** The likeliest first. */
  readonly found: readonly Detection[];
  /** What was looked at and why it was not taken, a sentence each: the answer to “why do I see no masks”. */
  readonly tried: readonly { readonly path: string; readonly why: string }[];
}
