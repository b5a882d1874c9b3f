import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CutkitError } from '../../errors.js';
import { CATALOGUE } from '../../models/catalogue.js';
import type { Manifest } from '../../models/manifest.js';
import { type PullOptions, pull, storeKey } from '../../models/pull.js';
import { findManifest } from '../../models/registry.js';
import { verify } from '../../models/verify.js';
import { defaultModelsDir, nodeModelStore } from './model-store.js';
import { embeddedPath, mainRole, readEmbeddedFile } from './resolve-model.js';

/** A model of the catalogue, and whether its file is on this machine. */
export interface ModelStatus {
  readonly manifest: Manifest;
  /** True when it can run without fetching anything. */
  readonly local: boolean;
  /** Ships inside the package. */
  readonly embedded: boolean;
  /** Its file, when local. */
  readonly path: string | undefined;
}

interface StoreOptions {
  readonly modelsDir?: string | undefined;
}

/** Every model of the catalogue with its state on this machine. */
export function listModels({ modelsDir = defaultModelsDir() }: StoreOptions = {}): Promise<ModelStatus[]> {
  return Promise.all(
    CATALOGUE.map(async (manifest) => {
      const embedded = embeddedPath(manifest);
      const path = embedded ?? (await pulledPath(manifest, modelsDir));
      return { manifest, local: path !== undefined, embedded: embedded !== undefined, path };
    }),
  );
}

/** Fetches a model into the local store and gives its (first) file's path; at once when it is there already. */
export async function pullModel(id: string, options: PullOptions & StoreOptions = {}): Promise<string> {
  const { modelsDir = defaultModelsDir(), baseUrl = process.env['CUTKIT_MODELS_URL'] } = options;
  const manifest = findManifest(id);
  const there = embeddedPath(manifest) ?? (await pulledPath(manifest, modelsDir));
  if (there) return there;
  await pull(manifest, nodeModelStore(modelsDir), { ...options, baseUrl });
  return join(modelsDir, storeKey(manifest, mainRole(manifest)));
}

/** Hashes a local model's files against its manifest. Rejects with `HASH_MISMATCH`, or `MODEL_NOT_LOCAL` when one is absent. */
export async function verifyModel(
  id: string,
  { modelsDir = defaultModelsDir() }: StoreOptions = {},
): Promise<void> {
  const manifest = findManifest(id);
  for (const [role, file] of Object.entries(manifest.files)) {
    const embedded = await readEmbeddedFile(manifest, role);
    if (embedded) {
      await verify(`${id}/${file.path}`, file, [embedded]);
      continue;
    }
    const path = await storedPath(manifest, role, modelsDir);
    if (!path) throw notLocal(id);
    await verify(path, file, createReadStream(path));
  }
  if (Object.keys(manifest.files).length === 0) throw notLocal(id);
}

function notLocal(id: string): CutkitError {
  return new CutkitError(
    'MODEL_NOT_LOCAL',
    `The model "${id}" is not on this machine.`,
    `Fetch it with \`cutkit models pull ${id}\`.`,
  );
}

/** The first file of a pulled model, when all of them are there. */
async function pulledPath(manifest: Manifest, modelsDir: string): Promise<string | undefined> {
  const roles = [...new Set([mainRole(manifest), ...Object.keys(manifest.files)])];
  const paths = await Promise.all(roles.map((role) => storedPath(manifest, role, modelsDir)));
  return paths.includes(undefined) ? undefined : paths[0];
}

async function storedPath(manifest: Manifest, role: string, modelsDir: string): Promise<string | undefined> {
  const plain = role === 'model' ? [join(modelsDir, `${manifest.id}.onnx`)] : [];
  for (const path of [join(modelsDir, storeKey(manifest, role)), ...plain]) {
    const found = await stat(path).then(
      (info) => info.isFile(),
      () => false,
    );
    if (found) return path;
  }
  return undefined;
}
