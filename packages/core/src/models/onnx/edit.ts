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

function textOf(model: Uint8Array, { start, end }: WireField): string {
  return new TextDecoder().decode(model.subarray(start, end));
}
