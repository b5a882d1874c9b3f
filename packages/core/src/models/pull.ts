import { CutkitError } from '../errors.js';
import { step } from '../options.js';
import type { WorkOptions } from '../types.js';
import type { Manifest, ModelFile } from './manifest.js';
import type { ModelStore } from './store.js';
import { verify } from './verify.js';

/** How a model is fetched. */
export interface PullOptions extends WorkOptions {
  /** A mirror that is asked before the publisher: `<baseUrl>/<file name>`. */
  readonly baseUrl?: string | undefined;
  /** Further rounds over the addresses after the first. Default 3. */
  readonly retries?: number;
  /** Pause before the first retry, doubled each time, in milliseconds. Default 500. */
  readonly retryDelay?: number;
}

/** Where a model's file lies in a store. */
export function storeKey(manifest: Manifest, role: string): string {
  const file = manifest.files[role];
  return `${manifest.id}/${fileName(file?.url?.[0] ?? file?.path ?? `${role}.onnx`)}`;
}

/**
 * Fetches every file of a model that `store` lacks, in chunks, resuming what an earlier attempt left. A file takes its final
 * name only when its size and hash are right.
 *
 * Rejects with `NETWORK` (all addresses failed; what arrived is kept for the next attempt), `HASH_MISMATCH` (what
 * arrived is thrown away), the store's own errors, or the signal's reason.
 */
export async function pull(manifest: Manifest, store: ModelStore, options: PullOptions = {}): Promise<void> {
  for (const [role, file] of Object.entries(manifest.files)) {
    const key = storeKey(manifest, role);
    await store.exclusively(key, () => pullFile(key, file, store, options), options.signal);
  }
}

async function pullFile(
  key: string,
  file: ModelFile,
  store: ModelStore,
  options: PullOptions,
): Promise<void> {
  // Someone else may have fetched it while this call waited for its turn.
  if (await store.has(key)) return;
  await download(key, file, store, options);
  try {
    await verify(key, file, store.readPartial(key));
  } catch (error) {
    await store.discard(key);
    throw error;
  }
  await store.commit(key);
}

async function download(
  key: string,
  file: ModelFile,
  store: ModelStore,
  options: PullOptions,
): Promise<void> {
  const { baseUrl, retries = 3, retryDelay = 500, signal } = options;
  const published = file.url ?? [];
  const mirror = baseUrl
    ? published.slice(0, 1).map((url) => `${baseUrl.replace(/\/$/, '')}/${fileName(url)}`)
    : [];
  let urls = [...mirror, ...published];
  const failures = new Map<string, string>();
  for (let round = 0; urls.length > 0 && round <= retries; round++) {
    if (round > 0) await pause(retryDelay * 2 ** (round - 1), signal);
    const worthRetrying: string[] = [];
    for (const url of urls) {
      try {
        await fetchInto(url, key, file, store, options);
        return;
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof CutkitError) throw error;
        failures.set(url, describe(error));
        if (!(error instanceof Refusal)) worthRetrying.push(url);
      }
    }
    urls = worthRetrying;
  }
  throw new CutkitError(
    'NETWORK',
    `${key} could not be fetched: ${[...failures].map(([url, why]) => `${url}: ${why}`).join('; ')}.`,
    'Check the connection or set a mirror with --base-url; offline, copy the file into --models-dir.',
  );
}

/** An answer that will not change by asking again. */
class Refusal extends Error {}

async function fetchInto(
  url: string,
  key: string,
  file: ModelFile,
  store: ModelStore,
  options: PullOptions,
): Promise<void> {
  const partial = await store.partialSize(key);
  if (file.bytes !== undefined && partial === file.bytes) return;
  const resumable = partial > 0 && (file.bytes === undefined || partial < file.bytes);
  const response = await fetch(url, {
    ...(resumable ? { headers: { Range: `bytes=${partial}-` } } : {}),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const resumes =
    response.status === 206 && response.headers.get('Content-Range')?.startsWith(`bytes ${partial}-`);
  if (!resumes && response.status !== 200) {
    await response.body?.cancel();
    if (resumable && (response.status === 206 || response.status === 416)) await store.discard(key);
    else if (response.status >= 400 && response.status < 500 && ![408, 429].includes(response.status)) {
      throw new Refusal(`status ${response.status}`);
    }
    throw new Error(`status ${response.status}`);
  }
  let done = resumes ? partial : 0;
  const expected = file.bytes ?? done + Number(response.headers.get('Content-Length') ?? Number.NaN);
  const writer = await store.openPartial(key, !resumes);
  try {
    for await (const chunk of chunksOf(response)) {
      await writer.write(chunk);
      done += chunk.length;
      step(options, 'download', done, expected);
    }
  } finally {
    await writer.close();
  }
  if (expected > done) throw new Error(`ended after ${done} of ${expected} bytes`);
}

/** A response's body; a plain loop, because not every browser can iterate a stream. */
async function* chunksOf(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function fileName(address: string): string {
  return address.split(/[?#]/, 1)[0]?.split('/').pop() ?? address;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error ? `${error.message} (${cause.message})` : error.message;
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
