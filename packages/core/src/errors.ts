/**
 * Every failure a user can meet, by its stable code. Each has a page in `docs/errors/CODE.md`;
 * a test keeps the two lists equal.
 */
export const ERROR_CODES = [
  'ANNOTATION_INVALID',
  'BACKEND_UNAVAILABLE',
  'BAD_OPTION',
  'CODEC_MISSING',
  'DATASET_CHANGED',
  'DATASET_UNKNOWN',
  'DISK_FULL',
  'FILE_TOO_LARGE',
  'FORMAT_CANNOT_HOLD',
  'FORMAT_READ_ONLY',
  'HASH_MISMATCH',
  'IMAGE_EMPTY',
  'IMAGE_TOO_LARGE',
  'IMAGE_TRUNCATED',
  'INPUT_NOT_FOUND',
  'INPUT_UNREADABLE',
  'MODEL_CORRUPT',
  'MODEL_INPUTS',
  'MODEL_MANIFEST',
  'MODEL_NOT_LOCAL',
  'MODEL_UNKNOWN',
  'NETWORK',
  'NO_IMAGES',
  'NOT_AN_IMAGE',
  'OUTPUT_EXISTS',
  'OUTPUT_IS_INPUT',
  'OUTPUT_UNWRITABLE',
] as const;

/** One of {@link ERROR_CODES}. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/** A failure with a stable code, one sentence of cause (`message`) and one of cure (`hint`). */
export class CutkitError extends Error {
  override readonly name = 'CutkitError';
  readonly code: ErrorCode;
  readonly hint: string;

  constructor(code: ErrorCode, message: string, hint: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
  }
}
