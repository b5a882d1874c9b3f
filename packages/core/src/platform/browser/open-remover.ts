import { loadModel } from '../../models/load.js';
import type { Manifest } from '../../models/manifest.js';
import { findManifest } from '../../models/registry.js';
import type { ModelStore } from '../../models/store.js';
import { createRemover, type Remover } from '../../remover.js';
import type { WorkOptions } from '../../types.js';
import { browserModelStore } from './model-store.js';
import { type OpenWebOptions, openWeb } from './open-web.js';

const EMBEDDED_MODEL = 'unet-cutout';

/** Which model a page opens and where its bytes come from. */
export interface OpenBrowserRemoverOptions extends OpenWebOptions, WorkOptions {
  /** Id from the catalogue. Default: the embedded `unet-cutout`. */
  readonly model?: string;
  /** The ONNX bytes, when the host has them already. */
  readonly bytes?: Uint8Array;
  /** Where the embedded model is served. Default: beside this package, which bundlers resolve. */
  readonly embeddedUrl?: string | URL;
  /** Where pulled models are kept. Default: the origin's private file system. */
  readonly store?: ModelStore;
  /** A mirror that is asked first. */
  readonly baseUrl?: string;
}

/** Opens a model in a browser page or worker. Dispose of the result. */
export async function openRemover(options: OpenBrowserRemoverOptions = {}): Promise<Remover> {
  const manifest = findManifest(options.model ?? EMBEDDED_MODEL);
  const bytes = options.bytes ?? (await fetchModel(manifest, options));
  return createRemover(await openWeb(bytes, options), manifest);
}

async function fetchModel(manifest: Manifest, options: OpenBrowserRemoverOptions): Promise<Uint8Array> {
  const store = options.store ?? browserModelStore();
  if (manifest.id !== EMBEDDED_MODEL) return loadModel(manifest, store, options);
  const url = options.embeddedUrl ?? new URL('./models/unet-cutout/model.onnx', import.meta.url);
  const model = { ...manifest.files['model']!, path: undefined, url: [String(url)] };
  return loadModel({ ...manifest, files: { model } }, store, options);
}
