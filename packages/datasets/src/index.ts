// What passes through: files, images, instances, edits, changes.
export type { ByteRange, FileStat, FileSystem, FolderEntry } from './model/file-system.js';
export type { Box, Part, Shape } from './model/shape.js';
export type { DatasetClass, ImageRecord, Instance, Location } from './model/record.js';
export type { Edit, InstanceChange, NewInstance } from './model/edit.js';
export type { FileChange, Splice } from './model/change.js';
export { FINDING_KINDS, type Finding, type FindingKind } from './model/finding.js';
export { type Dataset, FORMATS, type Format, type ImageEntry, type ImageList } from './model/dataset.js';
export { AnnotationError } from './model/annotation-error.js';
// Recognising and opening.
export type { Detection, MaskReading, OpenOptions, SourceSearch } from './detect/detection.js';
// Tools over any data set.
export type { CompareOptions, ImageComparison, InstanceMatch } from './tools/comparison.js';
export type { Loss } from './tools/loss.js';
export { openCoco } from './formats/coco/open-coco.js';
