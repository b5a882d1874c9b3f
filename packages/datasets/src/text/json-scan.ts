import { type Sentence, say, wordsOf } from '../sentences/sentence.js';
/** Text that is no JSON, at a byte. */
export class JsonProblem extends Error {
  readonly offset: number;
  readonly problem: Sentence;

  constructor(offset: number, problem: Sentence) {
    super(wordsOf(problem));
    this.offset = offset;
    this.problem = problem;
  }
}

/** What a scan gives when the bytes end before the value does: get more bytes and scan again. */
export const MORE = -1;

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const [MINUS, PLUS, DOT, ZERO, NINE] = [0x2d, 0x2b, 0x2e, 0x30, 0x39];
const DEEPEST = 256;

/** The first byte from `at` on that is no white space; the end of the bytes when there is none. */
export function skipSpace(bytes: Uint8Array, at: number): number {
  let i = at;
  while (i < bytes.length) {
    const c = bytes[i]!;
    if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) break;
    i++;
  }
  return i;
}

/** One member of an object: the key's text between its quotes, and the value, as byte ranges. */
export interface MemberRange {
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The end of the strict JSON value that starts at `at`, or {@link MORE}. Throws {@link JsonProblem}. A number at the
 * very end of the bytes counts as unfinished.
 *
 * `onMember` hears of the members of the value itself, not of those further in.
 */
export function scanValue(
  bytes: Uint8Array,
  at: number,
  onMember?: (keyStart: number, keyEnd: number, start: number, end: number) => void,
  depth = 0,
): number {
  if (at >= bytes.length) return MORE;
  if (depth > DEEPEST) throw new JsonProblem(at, say('json-depth', { most: DEEPEST }));
  const c = bytes[at]!;
  if (c === QUOTE) return scanString(bytes, at);
  if (c === OPEN_OBJECT) return scanObject(bytes, at, onMember, depth);
  if (c === OPEN_ARRAY) return scanArray(bytes, at, depth);
  if (c === MINUS || (c >= ZERO && c <= NINE)) return scanNumber(bytes, at);
  return scanWord(bytes, at);
}

function scanObject(
  bytes: Uint8Array,
  at: number,
  onMember: ((keyStart: number, keyEnd: number, start: number, end: number) => void) | undefined,
  depth: number,
): number {
  let i = skipSpace(bytes, at + 1);
  if (bytes[i] === CLOSE_OBJECT) return i + 1;
  for (;;) {
    if (i >= bytes.length) return MORE;
    if (bytes[i] !== QUOTE) throw new JsonProblem(i, say('json-key'));
    const keyEnd = scanString(bytes, i);
    if (keyEnd === MORE) return MORE;
    const colon = skipSpace(bytes, keyEnd);
    if (colon >= bytes.length) return MORE;
    if (bytes[colon] !== COLON) throw new JsonProblem(colon, say('json-colon'));
    const start = skipSpace(bytes, colon + 1);
    const end = scanValue(bytes, start, undefined, depth + 1);
    if (end === MORE) return MORE;
    onMember?.(i + 1, keyEnd - 1, start, end);
    i = skipSpace(bytes, end);
    if (i >= bytes.length) return MORE;
    if (bytes[i] === CLOSE_OBJECT) return i + 1;
    if (bytes[i] !== COMMA) throw new JsonProblem(i, say('json-object-end'));
    i = skipSpace(bytes, i + 1);
  }
}

function scanArray(bytes: Uint8Array, at: number, depth: number): number {
  let i = skipSpace(bytes, at + 1);
  if (bytes[i] === CLOSE_ARRAY) return i + 1;
  for (;;) {
    const end = scanValue(bytes, i, undefined, depth + 1);
    if (end === MORE) return MORE;
    i = bytes[end] === COMMA ? end : skipSpace(bytes, end);
    if (i >= bytes.length) return MORE;
    if (bytes[i] === CLOSE_ARRAY) return i + 1;
    if (bytes[i] !== COMMA) throw new JsonProblem(i, say('json-array-end'));
    i = skipSpace(bytes, i + 1);
  }
}

function scanString(bytes: Uint8Array, at: number): number {
  for (let i = at + 1; i < bytes.length; i++) {
    const c = bytes[i]!;
    if (c === QUOTE) return i + 1;
    if (c < 0x20) throw new JsonProblem(i, say('json-control'));
    if (c !== BACKSLASH) continue;
    const escaped = bytes[++i];
    if (escaped === undefined) return MORE;
    if (escaped === 0x75) {
      if (i + 4 >= bytes.length) return MORE;
      for (let digit = 1; digit <= 4; digit++) {
        if (!isHex(bytes[i + digit]!)) throw new JsonProblem(i + digit, say('json-unicode'));
      }
      i += 4;
    } else if (!'"\\/bfnrt'.includes(String.fromCharCode(escaped))) {
      throw new JsonProblem(i, say('json-escape'));
    }
  }
  return MORE;
}

function isHex(c: number): boolean {
  return (c >= ZERO && c <= NINE) || (c >= 0x41 && c <= 0x46) || (c >= 0x61 && c <= 0x66);
}

function scanNumber(bytes: Uint8Array, at: number): number {
  let i = at;
  if (bytes[i] === MINUS) i++;
  if (bytes[i] === ZERO && isDigit(bytes[i + 1])) throw new JsonProblem(i, say('json-zero'));
  i = digits(bytes, i);
  if (bytes[i] === DOT) i = digits(bytes, i + 1);
  if (bytes[i] === 0x65 || bytes[i] === 0x45) {
    i++;
    if (bytes[i] === PLUS || bytes[i] === MINUS) i++;
    i = digits(bytes, i);
  }
  return i >= bytes.length ? MORE : i;
}

/** Past one digit or more. */
function digits(bytes: Uint8Array, at: number): number {
  let i = at;
  while (isDigit(bytes[i])) i++;
  if (i === at && i < bytes.length) throw new JsonProblem(i, say('json-digit'));
  return i;
}

function isDigit(c: number | undefined): boolean {
  return c !== undefined && c >= ZERO && c <= NINE;
}

function scanWord(bytes: Uint8Array, at: number): number {
  for (const word of ['true', 'false', 'null']) {
    if (bytes[at] !== word.charCodeAt(0)) continue;
    for (let i = 1; i < word.length; i++) {
      if (at + i >= bytes.length) return MORE;
      if (bytes[at + i] !== word.charCodeAt(i)) throw new JsonProblem(at, say('json-misspelt', { word }));
    }
    return at + word.length;
  }
  const seen = new TextDecoder().decode(bytes.subarray(at, at + 12)).match(/^[A-Za-z]+/)?.[0];
  if (seen) throw new JsonProblem(at, say('json-no-value', { seen }));
  throw new JsonProblem(at, say('json-value'));
}

/** The members of the object at `at`, which was scanned before. */
export function membersOf(bytes: Uint8Array, at: number): MemberRange[] {
  const members: MemberRange[] = [];
  scanValue(bytes, at, (keyStart, keyEnd, start, end) => members.push({ keyStart, keyEnd, start, end }));
  return members;
}

/** The elements of the array at `at`, which was scanned before. */
export function elementsOf(bytes: Uint8Array, at: number): { start: number; end: number }[] {
  const elements: { start: number; end: number }[] = [];
  let start = skipSpace(bytes, at + 1);
  while (bytes[start] !== CLOSE_ARRAY) {
    const end = scanValue(bytes, start);
    elements.push({ start, end });
    start = skipSpace(bytes, end);
    if (bytes[start] === COMMA) start = skipSpace(bytes, start + 1);
  }
  return elements;
}
