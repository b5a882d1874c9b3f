// In the order in which data flows, so this list reads as the pipeline. First what passes through it, and how it fails.

export { CutkitError, ERROR_CODES, type ErrorCode } from './errors.js';
export type { Alpha, PixelWindow, Progress, Raster, Tensor, TensorData, WorkOptions } from './types.js';

// Pictures, and what a network sees of them.

export { flatten, parseColor } from './image/color.js';
export { cropRaster } from './image/crop.js';
export { assertRaster, createRaster } from './image/raster.js';
export { type Filter, resize } from './image/resize.js';
export { resizeFloat } from './image/resize-float.js';
export { networkSize } from './preprocess/letterbox.js';
export { normalize } from './preprocess/normalize.js';

// Models: their manifests, where they come from, their files.

export { CATALOGUE } from './models/catalogue.js';
export { readEmbedded } from './models/embedded.js';
export { type LoadOptions, loadModel } from './models/load.js';
export {
  type InputRecipe,
  type Manifest,
  type ModelFile,
  type OutputRecipe,
  parseManifest,
} from './models/manifest.js';
export { nearest } from './models/nearest.js';
export { clearCeilMode, dropOutputs } from './models/onnx/edit.js';
export { joinRuns, type Run, type SharedFiles, shareWeights } from './models/onnx/share-weights.js';
export { type PullOptions, pull } from './models/pull.js';
export { findManifest } from './models/registry.js';
export type { ModelStore, PartialWriter } from './models/store.js';

// What runs them.

export type { Backend, OpenSession, Session, SessionOptions, TensorInfo } from './runtime/session.js';

// Prompts, and the networks that answer them.

export { barePromptManifest } from './decode/bare-prompt.js';
export type { PromptSessions } from './decode/contracts/contract.js';
export { createPromptModel } from './decode/create-prompt-model.js';
export { createEmbeddingCache, type EmbeddingCache } from './decode/embedding-cache.js';
export { leanDecoder } from './decode/lean-decoder.js';
export type {
  DecodedMasks,
  FramePrompt,
  ImageEmbedding,
  PointLabel,
  PromptModel,
} from './decode/prompt-model.js';
export { createStandIn } from './decode/stand-in.js';
export { withFlip } from './decode/with-flip.js';
export { closeUpWindow } from './prompt/close-up.js';
export { type ClickPoint, type Prompt, type PromptBox, toFrame } from './prompt/prompt.js';
export {
  createPromptSession,
  type PromptSession,
  type PromptSource,
  type PromptState,
  type SavedSession,
  type SessionAnswer,
} from './prompt/session.js';

// Masks.

export { joinRings, type Ring, ringArea, simplifyRing, traceContours } from './mask/contour.js';
export { encodeLogits } from './mask/encode-logits.js';
export {
  type LogitGeometry,
  type LogitPlan,
  planLogits,
  upscaleLogits,
} from './mask/logits.js';
export { areaOf, boxOf, type Mask, maskOf, pixelsOf, placeMask } from './mask/mask.js';
export { labelRegions, type RegionKind, type Regions, removeSmallRegions } from './mask/regions.js';
export {
  areaOfRle,
  type CocoRle,
  compressRle,
  decodeRle,
  encodeRle,
  expandRle,
  placeRle,
  type RunLengths,
} from './mask/rle.js';
export { type SoftOptions, softMask } from './mask/soft-mask.js';
export { type Thresholded, thresholdLogits } from './mask/threshold-logits.js';
export { trimapOf } from './mask/trimap.js';

// Cells, and everything in a picture.

export { automask } from './automask/automask.js';
export {
  AUTOMASK_DEFAULTS,
  type AutomaskOptions,
  type OutputMode,
  type PointGrid,
} from './automask/options.js';
export type { BinarySegmentation, MaskRecord } from './automask/record.js';
export type { Cell } from './cells/cell.js';

// Coverage: cut-outs and soft edges.

export { type Assessment, assess } from './matting/assess.js';
export { type ClosedFormOptions, closedFormAlpha } from './matting/closed-form.js';
export { estimateForeground } from './matting/foreground.js';
export { type Matte, type MatteOptions, matte } from './matting/matte.js';
export { predict, UNET_TILES } from './matting/predict.js';
export { planTiles, type Tile, type TilePlan } from './matting/tiles.js';

// What is shown and written.

export { composite } from './export/composite.js';
export { cutout } from './export/cutout.js';
export { showIds, withLegend } from './export/labels.js';
export { multiplyAlpha } from './export/multiply-alpha.js';
export {
  type Canvas,
  canvasOf,
  distinctColour,
  MASK_COLOUR,
  type Rgb,
  showAnns,
  showBox,
  showMask,
  showOutline,
  showPoints,
} from './export/overlay.js';
export { withOwnAlpha } from './export/own-alpha.js';
export { type MaskPath, maskPath, masksSvg } from './export/svg.js';
export { edgeDistance, innerPoint } from './mask/edge-distance.js';
export { logitsOfMask } from './mask/mask-logits.js';

// The stages put together.

export {
  type Answer,
  askNear,
  askPrompts,
  logitsOfAnswer,
  maskOfAnswer,
  runLengthsOfAnswer,
  type View,
  viewOf,
} from './answers.js';
export { type CellFinder, type Cells, createCellFinder, type FindCellsOptions } from './cell-finder.js';
export { createPredictor, type PredictedMask, type PredictOptions, type Predictor } from './predictor.js';
export { createRemover, type Removal, type RemoveOptions, type Remover, type Rgba } from './remover.js';
