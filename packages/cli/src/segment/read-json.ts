import { readFile } from 'node:fs/promises';
import { CutkitError } from '@cutkit/core';
import { fileError } from '@cutkit/core/node';

/** What a JSON file holds. Throws `BAD_OPTION` with `form`, what was expected, when it is not JSON. */
export async function readJson(file: string, form: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw fileError(error, file);
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CutkitError('BAD_OPTION', `${file} is not JSON.`, `Give ${form}.`, cause);
  }
}
