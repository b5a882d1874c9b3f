import { CutkitError } from '../errors.js';
import type { Manifest } from './manifest.js';
import { type PullOptions, pull, storeKey } from './pull.js';
import type { ModelStore } from './store.js';

/** How a model's bytes may be had. */
export interface LoadOptions extends PullOptions {
  /** Never reach for the network. */
  readonly offline?: boolean | undefined;
}

/**
 * The bytes of one of a model's files, by its role: from `store`, else pulled into it first. Rejects with `MODEL_NOT_LOCAL` when `offline`,
 * and with whatever {@link pull} rejects with. Nothing is remembered between calls: a failure is tried anew.
 */
export async function loadModel(
  manifest: Manifest,
  store: ModelStore,
  options: LoadOptions = {},
  role = 'model',
): Promise<Uint8Array> {
  const local = await store.read(storeKey(manifest, role));
  if (local) return local;
  if (options.offline) {
    throw new CutkitError(
      'MODEL_NOT_LOCAL',
      `The model "${manifest.id}" is not on this machine, and fetching is off.`,
      `Run \`cutkit models pull ${manifest.id}\` on a connected machine and copy it into --models-dir.`,
    );
  }
  await pull(manifest, store, options);
  const pulled = await store.read(storeKey(manifest, role));
  if (!pulled) throw new Error(`the store lost ${manifest.id} after it was pulled`);
  return pulled;
}
