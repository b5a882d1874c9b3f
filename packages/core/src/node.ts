/** The Node door: files and buffers in and out through sharp, models on disk, native ONNX Runtime when present. */
export { type DecodedImage, type DecodeOptions, decodeImage } from './platform/node/decode-image.js';
export { type EncodeOptions, encodeImage } from './platform/node/encode-image.js';
export { fileError } from './platform/node/file-error.js';
export { fitCover } from './platform/node/fit-cover.js';
export { listModels, type ModelStatus, pullModel, verifyModel } from './platform/node/local-models.js';
export { defaultModelsDir, nodeModelStore } from './platform/node/model-store.js';
export { EMBEDDED_CELL_MODEL, openCellFinder } from './platform/node/open-cell-finder.js';
export { type NodeBackend, openNode } from './platform/node/open-node.js';
export { EMBEDDED_PROMPT_MODEL, openPromptModel } from './platform/node/open-prompt-model.js';
export { EMBEDDED_MODEL, type OpenRemoverOptions, openRemover } from './platform/node/open-remover.js';
export {
  type EncodedRemoval,
  type RemoveBackgroundOptions,
  removeBackground,
} from './platform/node/remove-background.js';
export { type ModelSourceOptions, type ResolvedModel, resolveModel } from './platform/node/resolve-model.js';
