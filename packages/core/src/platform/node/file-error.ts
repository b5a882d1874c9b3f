import { CutkitError } from '../../errors.js';

/** The {@link CutkitError} that a failed file operation means to a user. Anything that is no system error comes back as it is. */
export function fileError(error: unknown, file: string, intent: 'read' | 'write' = 'read'): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof CutkitError || !/^E[A-Z]+$/.test(code)) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new CutkitError(
      'DISK_FULL',
      `No space is left to write ${file}.`,
      'Free some space and run again.',
      error,
    );
  }
  if (intent === 'write') {
    const text = `${file} cannot be written (${code}).`;
    return new CutkitError(
      'OUTPUT_UNWRITABLE',
      text,
      'Choose another place with -o, or mend its permissions.',
      error,
    );
  }
  if (code === 'ENOENT') {
    return new CutkitError(
      'INPUT_NOT_FOUND',
      `${file} does not exist.`,
      'Check the path and its spelling.',
      error,
    );
  }
  const text = `${file} cannot be read (${code}).`;
  return new CutkitError('INPUT_UNREADABLE', text, 'Mend its permissions, or leave it out.', error);
}
