import { type CellFinder, createCellFinder } from '../../cell-finder.js';
import { checkTask, findManifest } from '../../models/registry.js';
import { type BrowserModelOptions, fetchModel } from './fetch-model.js';
import { type OpenWebOptions, openWeb } from './open-web.js';

const EMBEDDED_MODEL = 'unet-cells';

/** Which cell network a page opens and where its bytes come from. */
export interface OpenBrowserCellOptions extends OpenWebOptions, BrowserModelOptions {
  /** Id from the catalogue. Default: the embedded `unet-cells`. */
  readonly model?: string;
  /** The ONNX bytes, when the host has them already. */
  readonly bytes?: Uint8Array;
}

/** Opens a cell network in a browser page or worker. Dispose of the result. */
export async function openCellFinder(options: OpenBrowserCellOptions = {}): Promise<CellFinder> {
  const manifest = findManifest(options.model ?? EMBEDDED_MODEL);
  checkTask(manifest, 'cells');
  const bytes = options.bytes ?? (await fetchModel(manifest, 'model', options));
  return createCellFinder(await openWeb(bytes, options), manifest);
}
