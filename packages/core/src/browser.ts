/** The browser door: pictures in any kind the browser has, the same kind out. */

export { type BrowserModelOptions, fetchModel } from './platform/browser/fetch-model.js';
export { type SameKind, sameKind, toBlob, toCanvas, toImageData } from './platform/browser/from-raster.js';
export { browserModelStore } from './platform/browser/model-store.js';
export { type OpenBrowserCellOptions, openCellFinder } from './platform/browser/open-cell-finder.js';
export { type OpenBrowserPromptOptions, openPromptModel } from './platform/browser/open-prompt-model.js';
export { type OpenBrowserRemoverOptions, openRemover } from './platform/browser/open-remover.js';
export { type OpenWebOptions, openWeb } from './platform/browser/open-web.js';
export { removeBackground } from './platform/browser/remove-background.js';
export { type BrowserImage, toBitmap, toRaster } from './platform/browser/to-raster.js';
export { createWorkerRemover } from './worker/client.js';
export {
  createWorkerPredictor,
  type SendOptions,
  type WorkerPredictor,
} from './worker/predictor-client.js';
export { createWorkerPromptModel } from './worker/prompt-client.js';
export type { WorkerOpenOptions, WorkerPredictorOptions, WorkerPromptOptions } from './worker/protocol.js';
