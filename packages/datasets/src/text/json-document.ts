import { AnnotationError } from '../model/annotation-error.js';
import { say } from '../sentences/sentence.js';
import {
  elementsOf,
  JsonProblem,
  type MemberRange,
  MORE,
  membersOf,
  scanValue,
  skipSpace,
} from './json-scan.js';
import { placeOf } from './place.js';
import { decodeText } from './utf8.js';

/** A whole JSON file: its value, and where each part of it stands. */
export interface JsonDocument {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly value: unknown;
  /** Where the value starts: after a byte order mark and white space. */
  readonly start: number;
}

/** Parses strict UTF-8 JSON. Throws {@link AnnotationError} with line and column. */
export function parseJson(path: string, bytes: Uint8Array): JsonDocument {
  const text = decodeText(path, bytes);
  const start = skipSpace(bytes, bytes[0] === 0xef ? 3 : 0);
  try {
    // A number at the very end counts as unfinished, so give it an end.
    const end = scanValue(bytes, start);
    if (end === MORE) throw new JsonProblem(bytes.length, say('file-ends'));
    const rest = skipSpace(bytes, end);
    if (rest < bytes.length) throw new JsonProblem(rest, say('file-goes-on'));
    return { path, bytes, value: JSON.parse(text), start };
  } catch (error) {
    if (error instanceof JsonProblem) throw annotationError(path, bytes, error);
    throw error;
  }
}

/** A problem of a whole file's bytes with its line and column. */
function annotationError(path: string, bytes: Uint8Array, problem: JsonProblem): AnnotationError {
  return new AnnotationError(path, problem.problem, placeOf(bytes, problem.offset));
}

/** A member of the object at `at`, by its key; the last one where a key stands twice, as JSON.parse has it. */
export function memberOf(bytes: Uint8Array, at: number, key: string): MemberRange | undefined {
  if (bytes[at] !== 0x7b) return undefined;
  return membersOf(bytes, at).findLast(({ keyStart, keyEnd }) => keyAt(bytes, keyStart, keyEnd) === key);
}

/** The text of a key. */
export function keyAt(bytes: Uint8Array, keyStart: number, keyEnd: number): string {
  return JSON.parse(new TextDecoder().decode(bytes.subarray(keyStart - 1, keyEnd + 1)));
}

/** The elements of the array that the object at `at` has under `key`; none when it has no such array. */
export function elementsUnder(bytes: Uint8Array, at: number, key: string): { start: number; end: number }[] {
  const member = memberOf(bytes, at, key);
  return member && bytes[member.start] === 0x5b ? elementsOf(bytes, member.start) : [];
}
