import { CutkitError } from '@cutkit/core';
import type { DatasetClass, ImageRecord, Instance } from '@cutkit/datasets';
import type { SavedLog } from './edit-log.js';

/**
 * What is kept of a document that was not saved. Usually its log is replayed on the same files; should these have changed
 * meanwhile, `instances` still says all that the user had.
 */
export interface Backup {
  readonly version: 1;
  readonly log: SavedLog;
  readonly base: ImageRecord;
  readonly instances: readonly Instance[];
  readonly classes: readonly DatasetClass[];
}

/** A backup as bytes. */
export function formatBackup(backup: Backup): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(backup));
}

/** Reads what {@link formatBackup} made. Throws `INPUT_UNREADABLE` for anything else. */
export function parseBackup(bytes: Uint8Array): Backup {
  try {
    const backup = JSON.parse(new TextDecoder().decode(bytes)) as Backup;
    if (backup.version === 1 && Array.isArray(backup.instances)) return backup;
  } catch {
    // Told below, as for any other content.
  }
  throw new CutkitError(
    'INPUT_UNREADABLE',
    'The backup of unsaved annotations cannot be read.',
    'Close the editor without saving to open the saved annotations.',
  );
}
