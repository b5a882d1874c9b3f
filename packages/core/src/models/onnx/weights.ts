import { findGraph } from './walk.js';
import { fields } from './wire.js';

// Field numbers of onnx.proto3.
const GRAPH_INITIALIZER = 5;
const TENSOR_TYPE = 2;
const TENSOR_RAW_DATA = 9;

/** Where a weight tensor's values lie in the bytes of a model. */
export interface WeightSpan {
  /** The element type as ONNX numbers it: 1 is float32, 3 is int8. */
  readonly type: number;
  readonly start: number;
  readonly end: number;
}

/** The weight tensors whose values are in the file as raw bytes, in its order. Throws `MODEL_CORRUPT` for other bytes. */
export function findWeights(model: Uint8Array): WeightSpan[] {
  const graph = findGraph(model);
  const spans: WeightSpan[] = [];
  for (const tensor of fields(model, graph.start, graph.end)) {
    if (tensor.number !== GRAPH_INITIALIZER) continue;
    let type = 0;
    let raw: { start: number; end: number } | undefined;
    for (const field of fields(model, tensor.start, tensor.end)) {
      if (field.number === TENSOR_TYPE) type = field.value;
      if (field.number === TENSOR_RAW_DATA) raw = field;
    }
    if (raw) spans.push({ type, start: raw.start, end: raw.end });
  }
  return spans;
}
