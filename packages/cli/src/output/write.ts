import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileError } from '@cutkit/core/node';
import writeFileAtomic from 'write-file-atomic';

/**
 * Writes a whole file or nothing: into a temporary neighbour, flushed, then renamed over the final name. Makes missing
 * directories. Rejects with `DISK_FULL` or `OUTPUT_UNWRITABLE`.
 */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFileAtomic(path, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (error) {
    throw fileError(error, path, 'write');
  }
}
