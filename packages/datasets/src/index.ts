// What passes through: files, images, instances, edits, changes.

export { AnnotationError } from './model/annotation-error.js';
export type { FileChange, Splice } from './model/change.js';
export { type Dataset, FORMATS, type Format, type ImageEntry, type ImageList } from './model/dataset.js';
export type { Edit, ImageChange, InstanceChange, NewInstance } from './model/edit.js';
export type { ByteRange, FileStat, FileSystem, FolderEntry } from './model/file-system.js';
export { FINDING_KINDS, type Finding, type FindingKind, type Fix } from './model/finding.js';
export type { DatasetClass, ImageRecord, Instance, Location } from './model/record.js';
export type { Box, Part, Shape } from './model/shape.js';

// What is said to people, and how to say it in other languages.

export { ENGLISH } from './sentences/english.js';
export { type Sentence, type SentenceCode, wordsOf } from './sentences/sentence.js';

// Recognising and opening.

export { createDataset, type NewDataset } from './detect/create-dataset.js';
export { detectDatasets } from './detect/detect-datasets.js';
export type { Detection, SourceSearch } from './detect/detection.js';
export { type FindOptions, findSources } from './detect/find-sources.js';
export { openDataset } from './detect/open-dataset.js';
export type { MaskReading, OpenOptions } from './model/open-options.js';

// Editing and writing.

export { applyEdits } from './edits/apply-edits.js';
export { placesIn } from './text/byte-window.js';
export { type Inversion, invertChange } from './text/invert-change.js';
export { type Place, placeOf } from './text/place.js';
export { applySplices, contentAfter } from './text/splice.js';

// Pixels and outlines.

export { boxOfShape, maskOf, rleOf } from './geometry/instance-pixels.js';
export { partsOfMask } from './geometry/parts.js';
export { boxOfRle, difference, intersection, sharedArea, union } from './geometry/rle.js';

// Tools over any data set.

export { unreadable } from './model/unreadable.js';
export { type ComparedRecord, compareDatasets, compareRecords } from './tools/compare.js';
export type {
  CompareOptions,
  DatasetComparison,
  ImageComparison,
  InstanceMatch,
} from './tools/comparison.js';
export { type Conversion, type ConvertOptions, convert } from './tools/convert/convert.js';
export type { ConvertedFile, CopiedFile } from './tools/convert/writers.js';
export { type LintOptions, lint, lintImages } from './tools/lint/lint.js';
export type { Loss } from './tools/loss.js';
export { type ClassStatistics, type Statistics, statistics } from './tools/statistics.js';
