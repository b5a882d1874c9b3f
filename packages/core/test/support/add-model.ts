/** A field of a protobuf message: a number as a varint, text and messages with their length. Numbers below 128 only. */
function field(number: number, value: number | string | readonly number[]): number[] {
  if (typeof value === 'number') return [number << 3, value];
  const bytes = typeof value === 'string' ? [...new TextEncoder().encode(value)] : value;
  return [(number << 3) | 2, bytes.length, ...bytes];
}

/** A `ValueInfoProto`: a float32 tensor of one element. */
function value(name: string): number[] {
  const shape = field(1, field(1, 1));
  const tensor = field(1, [...field(1, 1), ...field(2, shape)]);
  return [...field(1, name), ...field(2, tensor)];
}

/** The smallest of networks, `y = x + x` on one float, as an ONNX file. */
export function addModel(): Uint8Array {
  const node = [...field(1, 'x'), ...field(1, 'x'), ...field(2, 'y'), ...field(4, 'Add')];
  const graph = [...field(1, node), ...field(2, 'g'), ...field(11, value('x')), ...field(12, value('y'))];
  const operators = field(2, 13);
  return Uint8Array.from([...field(1, 8), ...field(7, graph), ...field(8, operators)]);
}
