import type { WorkOptions } from '@cutkit/core';
import type { Format } from './dataset.js';

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
