import { findGraph } from './walk.js';
import { fields } from './wire.js';

// Field numbers of onnx.proto3.
const GRAPH_INITIALIZER = 5;
const TENSOR_DATA_LOCATION = 14;
const EXTERNAL = 1;

/** Whether a model keeps weights in files beside it, as models over 2 GB must. Throws `MODEL_CORRUPT` for other bytes. */
export function hasExternalData(model: Uint8Array): boolean {
  const graph = findGraph(model);
  for (const field of fields(model, graph.start, graph.end)) {
    if (field.number !== GRAPH_INITIALIZER) continue;
    for (const { number, value } of fields(model, field.start, field.end))
      if (number === TENSOR_DATA_LOCATION && value === EXTERNAL) return true;
  }
  return false;
}
