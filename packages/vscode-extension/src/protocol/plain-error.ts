import { CutkitError, ERROR_CODES, type ErrorCode } from '@cutkit/core';

/** A failure as plain data: the class of an error does not survive a message. */
export interface PlainError {
  readonly message: string;
  /** A stable code, or '' for a failure that no one foresaw. */
  readonly code: string;
  readonly hint: string;
}

/** What to send of a failure. */
export function plainError(error: unknown): PlainError {
  if (error instanceof CutkitError) return { message: error.message, code: error.code, hint: error.hint };
  if (isPlain(error)) return error;
  return { message: error instanceof Error ? error.message : String(error), code: '', hint: '' };
}

/** The failure that was sent, as an error again. */
export function revive(error: unknown): Error {
  if (error instanceof Error) return error;
  const { message, code, hint } = plainError(error);
  return isCode(code) ? new CutkitError(code, message, hint) : new Error(message);
}

function isPlain(error: unknown): error is PlainError {
  return typeof error === 'object' && error !== null && 'code' in error && 'hint' in error;
}

function isCode(code: string): code is ErrorCode {
  return (ERROR_CODES as readonly string[]).includes(code);
}
