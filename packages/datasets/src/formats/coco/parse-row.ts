import type { FileStat, FileSystem } from '../../model/file-system.js';
import { say } from '../../sentences/sentence.js';
import { problemAt } from '../../text/byte-window.js';
import { assertUnchanged } from '../refuse.js';

/**
 * An object of a file that was indexed before. When it is none any more, the file was changed: `DATASET_CHANGED`; or
 * its texts are not UTF-8, which the index did not look at: `ANNOTATION_INVALID`.
 */
export async function parseRow(
  fs: FileSystem,
  path: string,
  opened: FileStat,
  start: number,
  bytes: Uint8Array,
): Promise<Record<string, unknown>> {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch {
    await assertUnchanged(fs, path, opened);
    throw await problemAt(fs, path, start, say('value-not-utf8'));
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });
