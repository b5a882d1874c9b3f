import { createMD5, createSHA256 } from 'hash-wasm';
import { CutkitError } from '../errors.js';
import type { ModelFile } from './manifest.js';

/**
 * Hashes a file's chunks and compares with its manifest: SHA-256 where it is known, else the publisher's MD5.
 * Rejects with `HASH_MISMATCH`, both hashes in the message, or with `MODEL_MANIFEST` when there is no hash to compare with.
 */
export async function verify(
  name: string,
  file: ModelFile,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const [kind, expected] = file.sha256 ? ['SHA-256', file.sha256] : ['MD5', file.md5];
  if (expected === undefined) {
    throw new CutkitError(
      'MODEL_MANIFEST',
      `No hash of ${name} was ever published, so it cannot be verified.`,
      'Add `sha256` to its manifest once you trust the file.',
    );
  }
  const hasher = await (file.sha256 ? createSHA256() : createMD5());
  for await (const chunk of chunks) hasher.update(chunk);
  const found = hasher.digest('hex');
  if (found === expected) return;
  throw new CutkitError(
    'HASH_MISMATCH',
    `${name} has ${kind} ${found}, but ${expected} was expected.`,
    'Pull it again; if it stays so, the publisher or a proxy changed the file: do not use it.',
  );
}
