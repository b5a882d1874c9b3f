import { CutkitError } from '../../errors.js';

/** One field of a protobuf message. Varints carry `value`; length-delimited fields span `start`–`end` of the bytes. */
export interface WireField {
  readonly number: number;
  readonly value: number;
  /** Where a varint's bytes, or a length-delimited field's content, begin… */
  readonly start: number;
  /** …and end. */
  readonly end: number;
}

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/**
 * Walks the fields of the protobuf message in `bytes[start, end)` without copying. ONNX files are protobuf messages;
 * this is the whole of the wire format that reading and patching them takes. Throws `MODEL_CORRUPT` on bytes that are
 * no message. Varints above 2⁵³ lose their low bits, which no field read here has.
 */
export function* fields(bytes: Uint8Array, start = 0, end: number = bytes.length): Generator<WireField> {
  let at = start;
  while (at < end) {
    const tag = varint(bytes, at, end);
    at = tag.next;
    const number = Math.floor(tag.value / 8);
    const type = tag.value % 8;
    if (number === 0) throw corrupt();
    if (type === VARINT) {
      const { value, next } = varint(bytes, at, end);
      yield { number, value, start: at, end: next };
      at = next;
    } else {
      const length = type === BYTES ? varint(bytes, at, end) : fixed(type, at);
      const content = length.next;
      at = content + length.value;
      if (at > end) throw corrupt();
      yield { number, value: 0, start: content, end: at };
    }
  }
}

function fixed(type: number, at: number): { value: number; next: number } {
  if (type === FIXED64) return { value: 8, next: at };
  if (type === FIXED32) return { value: 4, next: at };
  throw corrupt();
}

function varint(bytes: Uint8Array, start: number, end: number): { value: number; next: number } {
  let value = 0;
  let scale = 1;
  for (let at = start; at < end && at < start + 10; at++) {
    const byte = bytes[at]!;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return { value, next: at + 1 };
    scale *= 128;
  }
  throw corrupt();
}

function corrupt(): CutkitError {
  return new CutkitError(
    'MODEL_CORRUPT',
    'The model file is damaged or is not an ONNX model.',
    'Pull it again with `cutkit models pull`, or check the file you gave.',
  );
}
