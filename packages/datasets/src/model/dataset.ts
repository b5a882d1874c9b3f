import type { WorkOptions } from '@cutkit/core';
import type { Sentence } from '../sentences/sentence.js';
import type { AnnotationError } from './annotation-error.js';
import type { FileChange } from './change.js';
import type { Edit } from './edit.js';
import type { Finding } from './finding.js';
import type { DatasetClass, ImageRecord } from './record.js';

/** The formats, as options and messages name them. */
export const FORMATS = ['coco', 'yolo', 'labelme', 'voc', 'masks', 'panoptic', 'cityscapes', 'sa1b'] as const;

/** One of {@link FORMATS}. */
export type Format = (typeof FORMATS)[number];

/** What a data set knows of an image without reading its annotations. */
export interface ImageEntry {
  readonly index: number;
  /** As the data set names it: a path from its own root, or a bare name. */
  readonly name: string;
  /** Pixels, as the index states them; 0 when only reading tells. */
  readonly width: number;
  readonly height: number;
  /** How many instances it has; `undefined` when only reading tells. */
  readonly count: number | undefined;
  /** Which classes they have; `undefined` when only reading tells. */
  readonly classes: readonly number[] | undefined;
}

/** The images of a data set, without an object for each: a list of a million costs no more than its index. */
export interface ImageList {
  readonly length: number;
  /** Throws `RangeError` outside of `0 ≤ index < length`. */
  at(index: number): ImageEntry;
  /** The index of the image at `path` (of the host's file system), or −1. Longer agreement of folders wins. */
  find(path: string): number;
}

/** How all images are read. */
export interface RecordsOptions extends WorkOptions {
  /** Told of an image whose annotations are broken, which is then left out. Without it, the first such image rejects. */
  readonly onBroken?: (error: AnnotationError, index: number) => void;
}

/**
 * An open data set: an index of its images, whose annotations are read one image at a time. It belongs to the version of
 * the files that it was opened on; after a save, or a change from outside, open it again.
 */
export interface Dataset {
  readonly format: Format;
  /** The file or folder that was opened. */
  readonly path: string;
  /** Why it can only be read; `undefined` when it can be edited. */
  readonly readOnly: Sentence | undefined;
  /** What was recognised, and why it is read the way it is. */
  readonly notes: readonly Sentence[];
  readonly classes: readonly DatasetClass[];
  readonly images: ImageList;
  /** What opening found wrong already: duplicate ids, annotations of unknown images, unreadable files. */
  readonly findings: readonly Finding[];
  /** Where the image file is, or `undefined` when it is nowhere near. */
  imagePath(index: number): Promise<string | undefined>;
  /** One image with its instances. Throws `ANNOTATION_INVALID` with file and line when the text is broken. */
  read(index: number): Promise<ImageRecord>;
  /** All images in the order of the list, read in as few passes over the files as memory allows. */
  records(options?: RecordsOptions): AsyncIterable<ImageRecord>;
  /**
   * The changes of files that make `edits` true, with every untouched byte kept. Nothing is written.
   *
   * Throws `FORMAT_READ_ONLY`; `FORMAT_CANNOT_HOLD` when the format has no place for an edit; `DATASET_CHANGED` when a
   * file is no longer what was opened.
   */
  save(edits: readonly Edit[]): Promise<FileChange[]>;
}
