import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { barePromptManifest } from '../../decode/bare-prompt.js';
import { CutkitError } from '../../errors.js';
import { bareManifest } from '../../models/bare.js';
import { derivedFile, readEmbedded } from '../../models/embedded.js';
import { loadModel } from '../../models/load.js';
import { type Manifest, parseManifest } from '../../models/manifest.js';
import { findManifest } from '../../models/registry.js';
import type { WorkOptions } from '../../types.js';
import { defaultModelsDir, nodeModelStore } from './model-store.js';

/** Where models come from and where they are kept. */
export interface ModelSourceOptions extends WorkOptions {
  /** The local store. Default: {@link defaultModelsDir}. */
  readonly modelsDir?: string | undefined;
  /** A mirror that is asked first: `<baseUrl>/<file name>`. Default: env `CUTKIT_MODELS_URL`. */
  readonly baseUrl?: string | undefined;
  /** Never reach for the network; a model that is not local is `MODEL_NOT_LOCAL`. */
  readonly offline?: boolean | undefined;
  /** Hears of assumptions made on the user's behalf. */
  readonly onNotice?: ((text: string) => void) | undefined;
}

/** A model's recipe, and its files to be read. */
export interface ResolvedModel {
  readonly manifest: Manifest;
  /** The ONNX bytes of the file with this role (`model`, or `encoder` and `decoder`), pulled first where it must be. */
  read(role: string): Promise<Uint8Array>;
  /** Where that file lies, when it is one of the user's own: weights in files beside it are found from there. */
  locate?(role: string): string | undefined;
}

/**
 * Finds `model`: a directory with `model.json`, or with one encoder and one decoder, an `.onnx` file, or the id of a model in
 * the catalogue.
 */
export async function resolveModel(model: string, options: ModelSourceOptions = {}): Promise<ResolvedModel> {
  if (await isDirectory(model)) {
    const manifest = join(model, 'model.json');
    return existsSync(manifest) ? fromManifest(manifest, options) : fromDirectory(model, options);
  }
  if (model.endsWith('model.json')) return fromManifest(model, options);
  if (model.endsWith('.onnx')) return fromOnnx(model, options);
  return fromCatalogue(findManifest(model), options);
}

/** The name, `<id>/<file>`, of a catalogue model's file that ships inside this package; undefined when it must be pulled. */
function embeddedName(manifest: Manifest, role: string): string | undefined {
  const path = manifest.files[role]?.path;
  return path && `${manifest.id}/${path}`;
}

/**
 * The path of a catalogue model's file that ships inside this package, or undefined when it must be pulled. Of a file that
 * ships in parts ({@link readEmbedded}), the path of its own part.
 */
export function embeddedPath(manifest: Manifest, role: string = mainRole(manifest)): string | undefined {
  const name = embeddedName(manifest, role);
  return name && pathOf(derivedFile(name)?.rest.path ?? name);
}

/** The bytes of a file for which {@link embeddedPath} gives a path. */
export async function readEmbeddedFile(manifest: Manifest, role: string): Promise<Uint8Array | undefined> {
  const name = embeddedName(manifest, role);
  return name === undefined ? undefined : readEmbedded(name, (part) => readModel(pathOf(part)));
}

function pathOf(name: string): string {
  return fileURLToPath(new URL(`./models/${name}`, import.meta.url));
}

/** The role of a model's first, or only, file. */
export function mainRole({ task }: Manifest): string {
  return task === 'matting' ? 'model' : 'encoder';
}

function fromCatalogue(manifest: Manifest, options: ModelSourceOptions): ResolvedModel {
  const store = nodeModelStore(options.modelsDir ?? defaultModelsDir());
  const baseUrl = options.baseUrl ?? process.env['CUTKIT_MODELS_URL'];
  return {
    manifest,
    async read(role) {
      const embedded = await readEmbeddedFile(manifest, role);
      return embedded ?? loadModel(manifest, store, { ...options, baseUrl }, role);
    },
  };
}

async function fromManifest(file: string, options: ModelSourceOptions): Promise<ResolvedModel> {
  const text = await readModel(file);
  const manifest = parseManifest(parseJson(text, file), file);
  const fetched = fromCatalogue(manifest, options);
  return {
    manifest,
    async read(role) {
      const path = manifest.files[role]?.path;
      return path ? readModel(join(dirname(file), path)) : fetched.read(role);
    },
    locate(role) {
      const path = manifest.files[role]?.path;
      return path && join(dirname(file), path);
    },
  };
}

function parseJson(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new CutkitError(
      'MODEL_MANIFEST',
      `${file} is not JSON.`,
      'Mend the file or pull the model again.',
      cause,
    );
  }
}

/** A directory without a manifest, but with one file that is called an encoder and one that is called a decoder. */
async function fromDirectory(folder: string, { onNotice }: ModelSourceOptions): Promise<ResolvedModel> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.onnx'));
  const paths = ['encoder', 'decoder'].map((role) => {
    const [name, ...others] = names.filter((one) => one.toLowerCase().includes(role));
    if (name && others.length === 0) return join(folder, name);
    throw new CutkitError(
      'MODEL_UNKNOWN',
      `${folder} holds no model.json, and ${name ? 'more than one' : 'no'} ${role}.`,
      'Put one encoder and one decoder there, as …encoder….onnx and …decoder….onnx, or write a model.json.',
    );
  });
  const [encoder, decoder] = (await Promise.all(paths.map(readModel))) as [Uint8Array, Uint8Array];
  const manifest = barePromptManifest(basename(folder), encoder, decoder);
  onNotice?.(`${folder} has no model.json; its files are those of the family "${manifest.contract}".`);
  return {
    manifest,
    read: async (role) => (role === 'encoder' ? encoder : decoder),
    locate: (role) => paths[role === 'encoder' ? 0 : 1],
  };
}

async function fromOnnx(file: string, { onNotice }: ModelSourceOptions): Promise<ResolvedModel> {
  const bytes = await readModel(file);
  const manifest = bareManifest(basename(file, '.onnx'), bytes);
  const { width, height } = manifest.input;
  onNotice?.(
    `${file} has no model.json; assuming rembg's recipe at ${width}×${height} with ImageNet mean and std.`,
  );
  return { manifest, read: async () => bytes };
}

async function readModel(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new CutkitError(
      'MODEL_UNKNOWN',
      `There is no model file at ${file}.`,
      'Check the path, or give an id from `cutkit models list`.',
      cause,
    );
  }
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  );
}
