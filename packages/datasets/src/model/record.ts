import type { Sentence } from '../sentences/sentence.js';
import type { ByteRange } from './file-system.js';
import type { Box, Shape } from './shape.js';

/** A class of a data set. */
export interface DatasetClass {
  /** Its place in {@link Dataset.classes}; instances refer to it by this. */
  readonly index: number;
  /** What the files call it: COCO's category id, YOLO's number, a pixel value, or its name. */
  readonly id: number | string;
  readonly name: string;
  /** `[r, g, b]`, where the data set says one (palettes, colour maps). */
  readonly colour?: readonly [number, number, number];
}

/** A stretch of an annotation file. */
export interface Location extends ByteRange {
  readonly path: string;
}

/** One thing in an image. Values never change; an {@link Edit} makes a new one. */
export interface Instance {
  /** Names it within its image, stable while the files stay as they are. A new instance brings one of its own. */
  readonly key: string;
  /** Index into {@link Dataset.classes}; −1 when the file names a class that the data set lacks. */
  readonly classIndex: number;
  /** What the file calls its class, where the data set lacks it. */
  readonly classId?: number | string;
  readonly shape: Shape;
  /** As stated in the file, else computed from the shape. */
  readonly box: Box;
  /** A crowd of things that were not told apart (COCO's `iscrowd`). */
  readonly crowd: boolean;
  /** Of a prediction, 0–1. */
  readonly score?: number;
  /** What is broken, where the file could be read in part only. */
  readonly problem?: Sentence;
  /** Everything else that the file says of it, by the file's own names. */
  readonly extra: Readonly<Record<string, unknown>>;
  /** Where the file says it; absent for new ones and for those that are pixels of a PNG. */
  readonly location?: Location;
}

/** An image and all that is in it. */
export interface ImageRecord {
  /** Its place in {@link Dataset.images}. */
  readonly index: number;
  /** As the data set names it. */
  readonly name: string;
  /** Pixels, as the annotations state them, else as the image file does; 0 when neither is there. */
  readonly width: number;
  readonly height: number;
  readonly instances: readonly Instance[];
  /** Where a file lists the image; absent where it has files of its own. */
  readonly location?: Location;
  /** The annotation files of this image. */
  readonly files: readonly string[];
  /** Everything else that the file says of the image. */
  readonly extra: Readonly<Record<string, unknown>>;
}
