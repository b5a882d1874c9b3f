// In the order in which data flows, so this list reads as the pipeline.
export type { Alpha, PixelWindow, Progress, Raster, Tensor, TensorData, WorkOptions } from './types.js';
export { CutkitError, ERROR_CODES, type ErrorCode } from './errors.js';
export { assertRaster, createRaster } from './image/raster.js';
export { type Filter, resize } from './image/resize.js';
export { resizeFloat } from './image/resize-float.js';
export { flatten, parseColor } from './image/color.js';
export { cropRaster } from './image/crop.js';
export { networkSize } from './preprocess/letterbox.js';
export { normalize } from './preprocess/normalize.js';
export {
  type InputRecipe,
  type Manifest,
  type ModelFile,
  type OutputRecipe,
  parseManifest,
} from './models/manifest.js';
export { CATALOGUE } from './models/catalogue.js';
export { findManifest } from './models/registry.js';
export { nearest } from './models/nearest.js';
export type { ModelStore, PartialWriter } from './models/store.js';
export { type PullOptions, pull } from './models/pull.js';
export { type LoadOptions, loadModel } from './models/load.js';
export { readEmbedded } from './models/embedded.js';
export { clearCeilMode, dropOutputs } from './models/onnx/edit.js';
export { joinRuns, type Run, type SharedFiles, shareWeights } from './models/onnx/share-weights.js';
export type { Backend, OpenSession, Session, SessionOptions, TensorInfo } from './runtime/session.js';
export { type ClickPoint, type Prompt, type PromptBox, toFrame } from './prompt/prompt.js';
export {
  createPromptSession,
  type PromptSession,
  type PromptSource,
  type PromptState,
  type SavedSession,
  type SessionAnswer,
} from './prompt/session.js';
export { closeUpWindow } from './prompt/close-up.js';
export { createEmbeddingCache, type EmbeddingCache } from './decode/embedding-cache.js';
export { barePromptManifest } from './decode/bare-prompt.js';
export { createPromptModel } from './decode/create-prompt-model.js';
export { withFlip } from './decode/with-flip.js';
export { leanDecoder } from './decode/lean-decoder.js';
export type { PromptSessions } from './decode/contracts/contract.js';
export type {
  DecodedMasks,
  FramePrompt,
  ImageEmbedding,
  PointLabel,
  PromptModel,
} from './decode/prompt-model.js';
export { createStandIn } from './decode/stand-in.js';
export { areaOf, boxOf, type Mask, maskOf, pixelsOf, placeMask } from './mask/mask.js';
export {
  type LogitGeometry,
  type LogitPlan,
  planLogits,
  upscaleLogits,
} from './mask/logits.js';
export { type Thresholded, thresholdLogits } from './mask/threshold-logits.js';
export { encodeLogits } from './mask/encode-logits.js';
export { type SoftOptions, softMask } from './mask/soft-mask.js';
export { trimapOf } from './mask/trimap.js';
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
export { joinRings, type Ring, ringArea, simplifyRing, traceContours } from './mask/contour.js';
export { labelRegions, type RegionKind, type Regions, removeSmallRegions } from './mask/regions.js';
export type { Cell } from './cells/cell.js';
export {
  AUTOMASK_DEFAULTS,
  type AutomaskOptions,
  type OutputMode,
  type PointGrid,
} from './automask/options.js';
export type { BinarySegmentation, MaskRecord } from './automask/record.js';
export { automask } from './automask/automask.js';
export { planTiles, type Tile, type TilePlan } from './matting/tiles.js';
export { predict, UNET_TILES } from './matting/predict.js';
export { type Assessment, assess } from './matting/assess.js';
export { type Matte, type MatteOptions, matte } from './matting/matte.js';
export { type ClosedFormOptions, closedFormAlpha } from './matting/closed-form.js';
export { estimateForeground } from './matting/foreground.js';
export { cutout } from './export/cutout.js';
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
export { logitsOfMask } from './mask/mask-logits.js';
export { edgeDistance, innerPoint } from './mask/edge-distance.js';
export { showIds, withLegend } from './export/labels.js';
export { type MaskPath, maskPath, masksSvg } from './export/svg.js';
export { composite } from './export/composite.js';
export { multiplyAlpha } from './export/multiply-alpha.js';
export { withOwnAlpha } from './export/own-alpha.js';
export { createRemover, type Removal, type RemoveOptions, type Remover, type Rgba } from './remover.js';
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
export { createPredictor, type PredictedMask, type PredictOptions, type Predictor } from './predictor.js';
export { type CellFinder, type Cells, createCellFinder, type FindCellsOptions } from './cell-finder.js';
