import { concat } from './concat.js';
import { findGraph } from './walk.js';
import { fields, type WireField } from './wire.js';

const GRAPH_NODE = 1;
const NODE_OP_TYPE = 4;
const NODE_ATTRIBUTE = 5;
const ATTRIBUTE_NAME = 1;
const ATTRIBUTE_INT = 3;

/**
 * Sets `ceil_mode` of every MaxPool to 0. ONNX Runtime's WebGPU backend refuses ceil_mode=1, which U²-Net and IS-Net
 * carry from their export although every size that they pool is even, so that it changes nothing.
 *
 * The attribute is a one-byte varint, so the edit is in place. Returns `model` itself when there is nothing to edit,
 * else an edited copy. Throws `MODEL_CORRUPT` for bytes that are not ONNX.
 */
export function clearCeilMode(model: Uint8Array): Uint8Array {
  const graph = findGraph(model);
  const places: number[] = [];
  for (const node of fields(model, graph.start, graph.end)) {
    if (node.number === GRAPH_NODE) places.push(...ceilModes(model, node));
  }
  if (places.length === 0) return model;
  const edited = model.slice();
  for (const place of places) edited[place] = 0;
  return edited;
}

/** Offsets of the values of `ceil_mode` that are 1, if `node` is a MaxPool. */
function ceilModes(model: Uint8Array, node: WireField): number[] {
  const parts = [...fields(model, node.start, node.end)];
  if (!parts.some((part) => part.number === NODE_OP_TYPE && textOf(model, part) === 'MaxPool')) return [];
  return parts
    .filter(({ number }) => number === NODE_ATTRIBUTE)
    .flatMap((attribute) => {
      const facts = [...fields(model, attribute.start, attribute.end)];
      const named = facts.some(
        (fact) => fact.number === ATTRIBUTE_NAME && textOf(model, fact) === 'ceil_mode',
      );
      return named
        ? facts.filter((fact) => fact.number === ATTRIBUTE_INT && fact.value === 1).map(({ start }) => start)
        : [];
    });
}

const MODEL_GRAPH_TAG = (7 << 3) | 2;
const GRAPH_OUTPUT = 12;

/**
 * The model without some of the outputs that it declares; a runtime then leaves out what only they needed. `choose` gets
 * all names and gives those to drop. Returns `model` itself when there are none.
 */
export function dropOutputs(model: Uint8Array, choose: (outputs: string[]) => string[]): Uint8Array {
  const graph = findGraph(model);
  const outputs = [...fields(model, graph.start, graph.end)].filter(({ number }) => number === GRAPH_OUTPUT);
  const names = outputs.map((output) => nameOf(model, output));
  const dropped = new Set(choose(names));
  const gone = outputs.filter((_, i) => dropped.has(names[i]!));
  if (gone.length === 0) return model;
  // Each field's tag and length stand before its content.
  const parts: Uint8Array[] = [];
  let from = graph.start;
  for (const { start, end } of gone) {
    parts.push(model.subarray(from, start - headBytes(end - start)));
    from = end;
  }
  parts.push(model.subarray(from, graph.end));
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const before = model.subarray(0, graph.start - headBytes(graph.end - graph.start));
  return concat([
    before,
    Uint8Array.of(MODEL_GRAPH_TAG, ...varintOf(length)),
    ...parts,
    model.subarray(graph.end),
  ]);
}

function nameOf(model: Uint8Array, value: WireField): string {
  for (const field of fields(model, value.start, value.end))
    if (field.number === 1) return textOf(model, field);
  return '';
}

/** Bytes of a one-byte tag and of a length. */
function headBytes(length: number): number {
  return 1 + varintOf(length).length;
}

function varintOf(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}

function textOf(model: Uint8Array, { start, end }: WireField): string {
  return new TextDecoder().decode(model.subarray(start, end));
}
