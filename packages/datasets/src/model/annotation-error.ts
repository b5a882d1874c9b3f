import { CutkitError } from '@cutkit/core';

/** `ANNOTATION_INVALID` with the place: a file, and a line and column, or a key, in it. */
export class AnnotationError extends CutkitError {
  readonly path: string;
  /** From 1; 0 when the file is not text or the place is not known. */
  readonly line: number;
  readonly column: number;
  /** Bytes from the file's start. */
  readonly offset: number;

  constructor(path: string, problem: string, at: { line?: number; column?: number; offset?: number } = {}) {
    const { line = 0, column = 0, offset = 0 } = at;
    const place = line > 0 ? `${path}:${line}:${column}` : path;
    super(
      'ANNOTATION_INVALID',
      `${place}: ${problem}.`,
      'Mend the file at that place, or restore it from a backup; nothing was changed.',
    );
    this.path = path;
    this.line = line;
    this.column = column;
    this.offset = offset;
  }
}
