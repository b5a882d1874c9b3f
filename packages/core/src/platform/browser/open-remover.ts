import { checkTask, findManifest } from '../../models/registry.js';
import { createRemover, type Remover } from '../../remover.js';
import { type BrowserModelOptions, fetchModel } from './fetch-model.js';
import { type OpenWebOptions, openWeb } from './open-web.js';

const EMBEDDED_MODEL = 'unet-cutout';

/** Which model a page opens and where its bytes come from. */
export interface OpenBrowserRemoverOptions extends OpenWebOptions, BrowserModelOptions {
  /** Id from the catalogue. Default: the embedded `unet-cutout`. */
  readonly model?: string;
  /** The ONNX bytes, when the host has them already. */
  readonly bytes?: Uint8Array;
}

/** Opens a model in a browser page or worker. Dispose of the result. */
export async function openRemover(options: OpenBrowserRemoverOptions = {}): Promise<Remover> {
  const manifest = findManifest(options.model ?? EMBEDDED_MODEL);
  checkTask(manifest, 'matting');
  const bytes = options.bytes ?? (await fetchModel(manifest, 'model', options));
  return createRemover(await openWeb(bytes, options), manifest);
}
