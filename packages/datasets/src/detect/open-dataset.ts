import { openCityscapes } from '../formats/cityscapes/open-cityscapes.js';
import { openCoco } from '../formats/coco/open-coco.js';
import { openLabelme } from '../formats/labelme/open-labelme.js';
import { openMasks } from '../formats/masks/open-masks.js';
import { openPanoptic } from '../formats/panoptic/open-panoptic.js';
import { openSa1b } from '../formats/sa1b/open-sa1b.js';
import { openVoc } from '../formats/voc/open-voc.js';
import { openYolo } from '../formats/yolo/open-yolo.js';
import type { Dataset, Format } from '../model/dataset.js';
import type { FileSystem } from '../model/file-system.js';
import { detectDataset } from './detect-datasets.js';
import type { OpenOptions } from './detection.js';

const OPENERS: Readonly<
  Record<Format, (fs: FileSystem, path: string, options: OpenOptions) => Promise<Dataset>>
> = {
  coco: openCoco,
  yolo: openYolo,
  labelme: openLabelme,
  voc: openVoc,
  masks: openMasks,
  panoptic: openPanoptic,
  cityscapes: openCityscapes,
  sa1b: openSa1b,
};

/**
 * Opens annotations of any format, told by the files themselves unless `format` is given.
 *
 * Throws `INPUT_NOT_FOUND`, `DATASET_UNKNOWN`, or `ANNOTATION_INVALID` with file and line.
 */
export async function openDataset(fs: FileSystem, path: string, options: OpenOptions = {}): Promise<Dataset> {
  if (options.format) return OPENERS[options.format](fs, path, options);
  const found = await detectDataset(fs, path);
  return OPENERS[found.format](fs, found.path, options);
}
