import { CutkitError, ERROR_CODES, type ErrorCode } from '../errors.js';
import type { Reply } from './protocol.js';

/** The outcome of `work` as plain data, since a clone would lose an error's class. */
export async function reply<T>(work: () => Promise<T>): Promise<Reply<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof CutkitError) {
      return { ok: false, code: error.code, message: error.message, hint: error.hint };
    }
    return { ok: false, code: '', message: error instanceof Error ? error.message : String(error), hint: '' };
  }
}

/** The value of a reply; throws its error, with code and hint. */
export function unwrap<T>(answer: Reply<T>): T {
  if (answer.ok) return answer.value;
  if (isCode(answer.code)) throw new CutkitError(answer.code, answer.message, answer.hint);
  throw new Error(answer.message);
}

function isCode(code: string): code is ErrorCode {
  return (ERROR_CODES as readonly string[]).includes(code);
}
