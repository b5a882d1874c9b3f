import { findGraph } from './walk.js';
import { fields } from './wire.js';

// Field numbers of onnx.proto3.
const GRAPH_INITIALIZER = 5;
const TENSOR_RAW_DATA = 9;

/** Where a weight tensor's values lie in the bytes of a model. */
export interface WeightSpan {
  readonly start: number;
  readonly end: number;
}

/** The weight tensors whose values are in the file as raw bytes, in its order. Throws `MODEL_CORRUPT` for other bytes. */
export function findWeights(model: Uint8Array): WeightSpan[] {
  const graph = findGraph(model);
  const spans: WeightSpan[] = [];
  for (const tensor of fields(model, graph.start, graph.end)) {
    if (tensor.number !== GRAPH_INITIALIZER) continue;
    for (const { number, start, end } of fields(model, tensor.start, tensor.end))
      if (number === TENSOR_RAW_DATA) spans.push({ start, end });
  }
  return spans;
}
