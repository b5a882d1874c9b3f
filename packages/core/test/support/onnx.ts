/** A weight tensor of {@link onnxOf}. */
interface Tensor {
  /** As ONNX numbers it: 1 is float32, 3 is int8. */
  readonly type: number;
  readonly raw: Uint8Array;
}

/** An ONNX file that holds weights and nothing else, written field by field. */
export function onnxOf(tensors: readonly Tensor[]): Uint8Array {
  const initializers = tensors.map(({ type, raw }, i) =>
    field(5, [
      ...field(1, varint(raw.length), 0),
      ...field(2, varint(type), 0),
      ...field(8, [...new TextEncoder().encode(`tensor ${i}`)]),
      ...field(9, [...raw]),
    ]),
  );
  return Uint8Array.from([...field(1, varint(8), 0), ...field(7, initializers.flat())]);
}

/** Bytes that no compressor makes smaller, the same for the same seed. */
export function noise(length: number, seed: number): Uint8Array {
  let state = seed * 2654435761;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

const BYTES = 2;

function field(number: number, content: number[], type: number = BYTES): number[] {
  const head = varint(number * 8 + type);
  return type === BYTES ? [...head, ...varint(content.length), ...content] : [...head, ...content];
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
}
