import { CutkitError } from '@cutkit/core';
import { type Sentence, say, wordsOf } from '../sentences/sentence.js';

/** `ANNOTATION_INVALID` with the place: a file, and a line and column, or a key, in it. */
export class AnnotationError extends CutkitError {
  readonly path: string;
  /** From 1; 0 when the file is not text or the place is not known. */
  readonly line: number;
  readonly column: number;
  /** Bytes from the file's start. */
  readonly offset: number;
  /** What {@link Error.message} says, for hosts that translate. */
  readonly sentence: Sentence;

  constructor(path: string, problem: Sentence, at: { line?: number; column?: number; offset?: number } = {}) {
    const { line = 0, column = 0, offset = 0 } = at;
    const sentence =
      line > 0
        ? say('file-broken', { path, line, column, problem })
        : say('file-broken-somewhere', { path, problem });
    super(
      'ANNOTATION_INVALID',
      wordsOf(sentence),
      'Mend the file at that place, or restore it from a backup; nothing was changed.',
    );
    this.path = path;
    this.line = line;
    this.column = column;
    this.offset = offset;
    this.sentence = sentence;
  }
}
