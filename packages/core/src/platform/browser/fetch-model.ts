import { loadModel } from '../../models/load.js';
import type { Manifest } from '../../models/manifest.js';
import type { ModelStore } from '../../models/store.js';
import type { WorkOptions } from '../../types.js';
import { browserModelStore } from './model-store.js';

/** Where a page's models come from and where they are kept. */
export interface BrowserModelOptions extends WorkOptions {
  /** Folder in which the embedded models are served, as `<id>/<file>`. Default: beside this package, which bundlers resolve. */
  readonly modelsUrl?: string | URL;
  /** Where pulled models are kept. Default: the origin's private file system. */
  readonly store?: ModelStore;
  /** A mirror that is asked first. */
  readonly baseUrl?: string;
}

/** The embedded files by name, each in the form that bundlers recognise and copy. */
const EMBEDDED: Readonly<Record<string, () => URL>> = {
  'unet-cutout/model.onnx': () => new URL('./models/unet-cutout/model.onnx', import.meta.url),
  'sam-tiny/encoder.onnx': () => new URL('./models/sam-tiny/encoder.onnx', import.meta.url),
  'sam-tiny/decoder.onnx': () => new URL('./models/sam-tiny/decoder.onnx', import.meta.url),
};

/** The bytes of one file of a model, from the store, else fetched into it. */
export async function fetchModel(
  manifest: Manifest,
  role: string,
  options: BrowserModelOptions,
): Promise<Uint8Array> {
  const store = options.store ?? browserModelStore();
  const file = manifest.files[role];
  const name = `${manifest.id}/${file?.path}`;
  if (!file?.path || !EMBEDDED[name]) return loadModel(manifest, store, options, role);
  const url = options.modelsUrl ? new URL(name, folder(options.modelsUrl)) : EMBEDDED[name]();
  const files = { [role]: { ...file, path: undefined, url: [String(url)] } };
  return loadModel({ ...manifest, files }, store, options, role);
}

function folder(url: string | URL): URL {
  const text = String(url);
  return new URL(text.endsWith('/') ? text : `${text}/`, import.meta.url);
}
