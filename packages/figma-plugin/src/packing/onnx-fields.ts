/** One field of a protobuf message: a varint's `value`, or where its content lies. */
export interface Field {
  readonly number: number;
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;

/** Walks the fields of the protobuf message in `bytes[start, end)`; enough of the format for ONNX files that are known to be sound. */
export function* fields(bytes: Uint8Array, start = 0, end: number = bytes.length): Generator<Field> {
  let at = start;
  const varint = (): number => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  while (at < end) {
    const tag = varint();
    const [number, type] = [Math.floor(tag / 8), tag % 8];
    if (type === VARINT) {
      const from = at;
      yield { number, value: varint(), start: from, end: at };
      continue;
    }
    const length = type === BYTES ? varint() : type === FIXED64 ? 8 : 4;
    yield { number, value: 0, start: at, end: at + length };
    at += length;
  }
}
