import type { DecodedMasks, FramePrompt, ImageEmbedding, PromptModel } from '../decode/prompt-model.js';
import { type LogitPlan, planLogits } from '../mask/logits.js';
import { areaOf, boxOf, type Mask, placeMask } from '../mask/mask.js';
import { encodeRle, type RunLengths } from '../mask/rle.js';
import { blocksOf, stabilityBound } from '../mask/stability-bound.js';
import { reusedBytes, thresholdLogits } from '../mask/threshold-logits.js';
import { step } from '../options.js';
import type { WorkOptions } from '../types.js';
import { type Crop, isNearCropEdge } from './crops.js';
import type { Corners } from './nms.js';
import type { AutomaskOptions, PointGrid } from './options.js';

/** A mask that passed every threshold, in image pixels. */
export interface Candidate {
  readonly rle: RunLengths;
  readonly area: number;
  readonly box: Corners;
  readonly score: number;
  readonly stability: number;
  readonly point: readonly [number, number];
  readonly crop: Crop;
}

/** The picture's size and what is known of the crop that is being worked on. */
interface CropWork {
  readonly model: PromptModel;
  readonly embedding: ImageEmbedding;
  readonly crop: Crop;
  readonly width: number;
  readonly height: number;
  readonly options: AutomaskOptions;
}

/**
 * Prompts that a network gets at once, however many are allowed: beyond this a decoder of MobileSAM's size only leaves the
 * processor's cache, and takes four times the memory at 64. Results do not depend on it.
 */
const MOST_AT_ONCE = 16;

/**
 * Phase 2 of a run: every point of a crop's grid, a batch at a time, to the candidates that are good enough. A rejected
 * candidate's mask is never made at full size, and a kept one is run lengths at once (`_process_batch`).
 */
export async function* findCandidates(
  cropWork: CropWork,
  grid: PointGrid,
  work: WorkOptions,
): AsyncGenerator<Candidate[]> {
  const { model, embedding, crop, options } = cropWork;
  const [cropWidth, cropHeight] = [crop.x1 - crop.x0, crop.y1 - crop.y0];
  const points = grid.map(([x, y]) => [x * cropWidth, y * cropHeight] as const);
  const size = Math.min(options.pointsPerBatch, MOST_AT_ONCE);
  for (let from = 0; from < points.length; from += size) {
    step(work, 'points', from, points.length);
    const batch = points.slice(from, from + size);
    const prompts = batch.map((point) => promptAt(point, embedding));
    let decoded = await model.decode(embedding, prompts, options.multimaskOutput);
    if (options.useM2m) decoded = await refine(cropWork, prompts, decoded);
    work.signal?.throwIfAborted();
    yield judge(cropWork, batch, decoded);
  }
  step(work, 'points', points.length, points.length);
}

/** A click in crop pixels as the network's frame has it; the official scaling, axis by axis. */
function promptAt(
  [x, y]: readonly [number, number],
  { content, width, height }: ImageEmbedding,
): FramePrompt {
  const at = [x * (content.width / width), y * (content.height / height)] as const;
  return { points: [at], labels: [1] };
}

/** Each candidate's logits go back in with its point, and the single answer replaces it (SAM 2's `refine_with_m2m`). */
async function refine(
  { model, embedding, options }: CropWork,
  prompts: readonly FramePrompt[],
  decoded: DecodedMasks,
): Promise<DecodedMasks> {
  const plane = decoded.side ** 2;
  const again = Array.from({ length: decoded.prompts * decoded.candidates }, (_, i) => ({
    ...prompts[Math.floor(i / decoded.candidates)]!,
    mask: decoded.logits.subarray(i * plane, (i + 1) * plane),
  }));
  const logits = new Float32Array(again.length * plane);
  const scores = new Float32Array(again.length);
  const size = Math.min(options.pointsPerBatch, MOST_AT_ONCE);
  for (let from = 0; from < again.length; from += size) {
    const part = await model.decode(embedding, again.slice(from, from + size), false);
    logits.set(part.logits, from * plane);
    scores.set(part.scores, from);
  }
  return { ...decoded, logits, scores };
}

function judge(
  { embedding, crop, width, height, options }: CropWork,
  points: readonly (readonly [number, number])[],
  { candidates, side, logits, scores }: DecodedMasks,
): Candidate[] {
  const plan = planLogits({ side, ...embedding });
  const mayBeStable = stabilityTest(plan, options);
  // A candidate's mask lives until it is run lengths: all share one piece of memory.
  const allocate = reusedBytes();
  const { predIouThresh, stabilityScoreThresh, stabilityScoreOffset, maskThreshold } = options;
  // PyTorch compares in the tensor's precision.
  const [leastScore, leastStability] = [Math.fround(predIouThresh), Math.fround(stabilityScoreThresh)];
  const found: Candidate[] = [];
  for (let i = 0; i < scores.length; i++) {
    if (predIouThresh > 0 && !(scores[i]! > leastScore)) continue;
    const plane = logits.subarray(i * side * side, (i + 1) * side * side);
    if (!mayBeStable(plane)) continue;
    const { mask, stability } = thresholdLogits(plan, plane, maskThreshold, stabilityScoreOffset, allocate);
    if (stabilityScoreThresh > 0 && !(stability >= leastStability)) continue;
    const box = boxOf(mask);
    if (isNearCropEdge(box, crop, width, height)) continue;
    const [x, y] = points[Math.floor(i / candidates)]!;
    found.push({
      ...runLengthsOf(placeMask(mask, width, height, crop.x0, crop.y0)),
      box: [box[0] + crop.x0, box[1] + crop.y0, box[2] + crop.x0, box[3] + crop.y0],
      score: scores[i]!,
      stability,
      point: [x + crop.x0, y + crop.y0],
      crop,
    });
  }
  return found;
}

/** A picture of this many pixels for each block of the bound is worth the look at its small logits first. */
const WORTH = 4;

/** Rejects, from the small logits, what cannot reach the stability that is asked for; never anything else. */
function stabilityTest(plan: LogitPlan, options: AutomaskOptions): (plane: Float32Array) => boolean {
  const { stabilityScoreThresh, stabilityScoreOffset, maskThreshold } = options;
  const { width, height } = plan.geometry;
  if (stabilityScoreThresh <= 0 || width * height < WORTH * blocksOf(plan)) return () => true;
  const least = Math.fround(stabilityScoreThresh);
  return (plane) => Math.fround(stabilityBound(plan, plane, maskThreshold, stabilityScoreOffset)) >= least;
}

function runLengthsOf(mask: Mask): { rle: RunLengths; area: number } {
  return { rle: encodeRle(mask), area: areaOf(mask) };
}
