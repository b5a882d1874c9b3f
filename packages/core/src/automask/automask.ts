import type { PromptModel } from '../decode/prompt-model.js';
import { cropRaster } from '../image/crop.js';
import { boxOf } from '../mask/mask.js';
import { removeSmallRegions } from '../mask/regions.js';
import { areaOfRle, decodeRle, encodeRle } from '../mask/rle.js';
import { step } from '../options.js';
import type { Raster, WorkOptions } from '../types.js';
import { type Candidate, findCandidates } from './candidates.js';
import { splitGrid, uncovered } from './coverage.js';
import { type Crop, cropBoxes } from './crops.js';
import { layerGrids } from './grid.js';
import { areaOfBox, nms } from './nms.js';
import { type AutomaskOptions, type OutputMode, resolveAutomask } from './options.js';
import { type MaskRecord, segmentationOf } from './record.js';

/**
 * Masks for everything in an image: Segment Anything's `SamAutomaticMaskGenerator`, record for record, in its order.
 *
 * Records are given out as soon as nothing can change them: when the image's only crop is done, or at the end. Nothing
 * found is no records. Progress counts `crops`, inside each `points`, and `regions` where small ones are removed; an abort is seen within one batch. Throws
 * `BAD_OPTION` for options that are wrong or do not exist.
 */
export async function* automask(
  model: PromptModel,
  image: Raster,
  given: Partial<AutomaskOptions> = {},
  work: WorkOptions = {},
): AsyncGenerator<MaskRecord> {
  const options = resolveAutomask(given);
  const crops = cropBoxes(image.width, image.height, options.cropNLayers, options.cropOverlapRatio);
  const grids = layerGrids(options);
  let found: Candidate[] = [];
  for (const [done, crop] of crops.entries()) {
    step(work, 'crops', done, crops.length);
    found.push(...(await segmentCrop(model, image, crop, grids[crop.layer]!, options, work)));
  }
  step(work, 'crops', crops.length, crops.length);
  if (crops.length > 1) found = dropAcrossCrops(found, options.cropNmsThresh);
  if (options.minMaskRegionArea > 0) found = tidyRegions(found, options, work);
  for (const candidate of found) {
    work.signal?.throwIfAborted();
    yield recordOf(candidate, options.outputMode);
  }
}

/** Phase 1 to 3 for one crop: embed it, ask every point, keep the best of what overlaps (`_process_crop`). */
async function segmentCrop(
  model: PromptModel,
  image: Raster,
  crop: Crop,
  grid: Parameters<typeof findCandidates>[1],
  options: AutomaskOptions,
  work: WorkOptions,
): Promise<Candidate[]> {
  const embedding = await model.embed(cropRaster(image, crop), work);
  const { width, height } = image;
  const found: Candidate[] = [];
  const cropWork = { model, embedding, crop, width, height, options };
  const { first, rest } = options.fast ? splitGrid(grid) : { first: grid, rest: [] };
  for await (const batch of findCandidates(cropWork, first, work)) found.push(...batch);
  if (rest.length > 0) {
    const open = uncovered(rest, found, crop);
    for await (const batch of findCandidates(cropWork, open, work)) found.push(...batch);
  }
  return pick(
    found,
    nms(
      found.map(boxed),
      found.map(({ score }) => score),
      options.boxNmsThresh,
    ),
  );
}

/** Phase 4: of two masks that overlap, the one from the smaller crop stays (`_generate_masks`). */
function dropAcrossCrops(found: readonly Candidate[], threshold: number): Candidate[] {
  const scores = found.map(({ crop }) => 1 / areaOfBox([crop.x0, crop.y0, crop.x1, crop.y1]));
  return pick(found, nms(found.map(boxed), scores.map(Math.fround), threshold));
}

/**
 * Phase 5: fill small holes, drop small islands, and let masks that needed neither win over those that did. Scores are
 * not measured again (`postprocess_small_regions`).
 */
function tidyRegions(found: readonly Candidate[], options: AutomaskOptions, work: WorkOptions): Candidate[] {
  const { minMaskRegionArea, boxNmsThresh, cropNmsThresh } = options;
  const tidied = found.map((candidate, done) => {
    step(work, 'regions', done, found.length);
    const holes = removeSmallRegions(decodeRle(candidate.rle), minMaskRegionArea, 'holes');
    const islands = removeSmallRegions(holes.mask, minMaskRegionArea, 'islands');
    if (!holes.changed && !islands.changed) return { candidate, intact: 1 };
    const rle = encodeRle(islands.mask);
    return { candidate: { ...candidate, rle, area: areaOfRle(rle), box: boxOf(islands.mask) }, intact: 0 };
  });
  const candidates = tidied.map(({ candidate }) => candidate);
  const threshold = Math.max(boxNmsThresh, cropNmsThresh);
  return pick(
    candidates,
    nms(
      candidates.map(boxed),
      tidied.map(({ intact }) => intact),
      threshold,
    ),
  );
}

function boxed({ box }: Candidate): Candidate['box'] {
  return box;
}

function pick(found: readonly Candidate[], kept: readonly number[]): Candidate[] {
  return kept.map((i) => found[i]!);
}

function recordOf(candidate: Candidate, mode: OutputMode): MaskRecord {
  const { rle, area, box, score, stability, point, crop } = candidate;
  return {
    segmentation: segmentationOf(rle, mode),
    area,
    bbox: [box[0], box[1], box[2] - box[0], box[3] - box[1]],
    predicted_iou: score,
    point_coords: [point],
    stability_score: stability,
    crop_box: [crop.x0, crop.y0, crop.x1 - crop.x0, crop.y1 - crop.y0],
  };
}
