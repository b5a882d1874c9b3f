import { derivedFile, readEmbedded } from '../../models/embedded.js';
import { loadModel } from '../../models/load.js';
import type { Manifest, ModelFile } from '../../models/manifest.js';
import { findManifest } from '../../models/registry.js';
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

/** The embedded files that ship, by name, each in the form that bundlers recognise and copy. */
const EMBEDDED: Readonly<Record<string, () => URL>> = {
  'unet-cutout/model.onnx': () => new URL('./models/unet-cutout/model.onnx', import.meta.url),
  'sam-tiny/encoder.rest': () => new URL('./models/sam-tiny/encoder.rest', import.meta.url),
  'sam-tiny/decoder.onnx': () => new URL('./models/sam-tiny/decoder.onnx', import.meta.url),
};

/**
 * The bytes of one file of a model, by its role (`model`, or `encoder` and `decoder`): from the store, else fetched into it.
 * Rejects as {@link loadModel} does.
 */
export async function fetchModel(
  manifest: Manifest,
  role: string,
  options: BrowserModelOptions = {},
): Promise<Uint8Array> {
  const path = manifest.files[role]?.path;
  if (path === undefined) return loadModel(manifest, options.store ?? browserModelStore(), options, role);
  return readEmbedded(`${manifest.id}/${path}`, (name) => fetchEmbedded(name, options));
}

/** The bytes of a file that ships, checked against its hash. */
function fetchEmbedded(name: string, options: BrowserModelOptions): Promise<Uint8Array> {
  const [id = '', path = ''] = name.split('/');
  const manifest = findManifest(id);
  const file = shippedFile(manifest, path);
  const url = options.modelsUrl ? new URL(name, folder(options.modelsUrl)) : EMBEDDED[name]?.();
  if (!file || !url) throw new Error(`${name} is no embedded file`);
  const files = { [path]: { ...file, path: undefined, url: [String(url)] } };
  return loadModel({ ...manifest, files }, options.store ?? browserModelStore(), options, path);
}

function shippedFile(manifest: Manifest, path: string): ModelFile | undefined {
  for (const file of Object.values(manifest.files)) {
    const rest = derivedFile(`${manifest.id}/${file.path}`)?.rest;
    if (rest?.path === `${manifest.id}/${path}`) return rest;
    if (file.path === path) return file;
  }
  return undefined;
}

function folder(url: string | URL): URL {
  const text = String(url);
  return new URL(text.endsWith('/') ? text : `${text}/`, import.meta.url);
}
