import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileError } from '@cutkit/core/node';
import writeFileAtomic from 'write-file-atomic';

/**
 * Writes a whole file or nothing: into a temporary neighbour, flushed, then renamed over the final name. Makes missing
 * directories. A device or pipe is written to, not replaced. Rejects with `DISK_FULL` or `OUTPUT_UNWRITABLE`.
 */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    await ((await isSpecial(path)) ? writeFile(path, buffer) : writeFileAtomic(path, buffer));
  } catch (error) {
    throw fileError(error, path, 'write');
  }
}

function isSpecial(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => !info.isFile() && !info.isDirectory(),
    () => false,
  );
}
