import { AnnotationError } from '../model/annotation-error.js';
import { say } from '../sentences/sentence.js';
import { placeOf } from './place.js';

const strict = new TextDecoder('utf-8', { fatal: true });

/** The text of UTF-8 bytes without a byte order mark. Throws {@link AnnotationError} for any other encoding. */
export function decodeText(path: string, bytes: Uint8Array): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new AnnotationError(path, say('text-utf16'));
  }
  try {
    return strict.decode(bytes);
  } catch {
    throw new AnnotationError(path, say('text-not-utf8'), placeOf(bytes, firstBroken(bytes)));
  }
}

/** UTF-8 bytes. */
export function encodeText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The line's start that does not decode: near enough to find the byte. */
function firstBroken(bytes: Uint8Array): number {
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, end + 1)) {
    if (!decodes(bytes.subarray(start, end))) return start;
    start = end + 1;
  }
  return start;
}

function decodes(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
