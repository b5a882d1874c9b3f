import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CutkitError } from '@cutkit/core';
import { writeWhole } from '../output/write.js';

/** Guards of a command that reads one picture and writes some files. */
export interface OutputRules {
  readonly input: string;
  readonly force: boolean;
}

/** Throws `OUTPUT_IS_INPUT` or `OUTPUT_EXISTS` before any work is done. */
export function checkOutputs(paths: readonly (string | undefined)[], { input, force }: OutputRules): void {
  for (const path of paths) {
    if (path === undefined) continue;
    if (resolve(path) === resolve(input)) {
      throw new CutkitError('OUTPUT_IS_INPUT', `${path} is the input itself.`, 'Give another name.');
    }
    if (!force && existsSync(path)) {
      throw new CutkitError(
        'OUTPUT_EXISTS',
        `${path} exists already.`,
        'Replace it with --force, or choose another name.',
      );
    }
  }
}

/** Writes a whole file or nothing. */
export function writeOutput(path: string, content: Uint8Array | string): Promise<void> {
  return writeWhole(path, typeof content === 'string' ? new TextEncoder().encode(content) : content);
}
