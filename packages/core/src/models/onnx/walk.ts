import { CutkitError } from '../../errors.js';
import type { TensorInfo } from '../../runtime/session.js';
import { fields, type WireField } from './wire.js';

// Field numbers of onnx.proto3.
const MODEL_GRAPH = 7;
const GRAPH_INITIALIZER = 5;
const GRAPH_INPUT = 11;
const GRAPH_OUTPUT = 12;
const TENSOR_NAME = 8;
const VALUE_NAME = 1;
const VALUE_TYPE = 2;
const TYPE_TENSOR = 1;
const TENSOR_TYPE_ELEMENT = 1;
const TENSOR_TYPE_SHAPE = 2;
const SHAPE_DIM = 1;
const DIM_VALUE = 1;
const ELEMENT_TYPES: Record<number, string> = {
  1: 'float32',
  2: 'uint8',
  6: 'int32',
  7: 'int64',
  9: 'bool',
  10: 'float16',
};

/** The graph of an ONNX model, as a span of its bytes. Throws `MODEL_CORRUPT` when there is none. */
export function findGraph(model: Uint8Array): WireField {
  for (const field of fields(model)) if (field.number === MODEL_GRAPH) return field;
  throw new CutkitError(
    'MODEL_CORRUPT',
    'The file is not an ONNX model: it holds no graph.',
    'Give an .onnx file, or pull the model again with `cutkit models pull`.',
  );
}

/** The inputs (without weights) and outputs that a model declares, without running it. Free dimensions are −1. */
export function readModelInputs(model: Uint8Array): { inputs: TensorInfo[]; outputs: TensorInfo[] } {
  const graph = findGraph(model);
  const weights = new Set<string>();
  const inputs: TensorInfo[] = [];
  const outputs: TensorInfo[] = [];
  for (const field of fields(model, graph.start, graph.end)) {
    if (field.number === GRAPH_INITIALIZER) weights.add(nameOf(model, field, TENSOR_NAME));
    if (field.number === GRAPH_INPUT) inputs.push(readValue(model, field));
    if (field.number === GRAPH_OUTPUT) outputs.push(readValue(model, field));
  }
  return { inputs: inputs.filter(({ name }) => !weights.has(name)), outputs };
}

function nameOf(model: Uint8Array, message: WireField, number: number): string {
  const field = child(model, message, number);
  return field ? new TextDecoder().decode(model.subarray(field.start, field.end)) : '';
}

function child(model: Uint8Array, message: WireField | undefined, number: number): WireField | undefined {
  if (!message) return undefined;
  for (const field of fields(model, message.start, message.end)) if (field.number === number) return field;
  return undefined;
}

function readValue(model: Uint8Array, value: WireField): TensorInfo {
  const tensor = child(model, child(model, value, VALUE_TYPE), TYPE_TENSOR);
  const element = child(model, tensor, TENSOR_TYPE_ELEMENT)?.value ?? 0;
  const shape = child(model, tensor, TENSOR_TYPE_SHAPE);
  const dims = shape
    ? [...fields(model, shape.start, shape.end)].filter(({ number }) => number === SHAPE_DIM)
    : [];
  return {
    name: nameOf(model, value, VALUE_NAME),
    type: ELEMENT_TYPES[element] ?? 'other',
    dims: dims.map((dim) => child(model, dim, DIM_VALUE)?.value ?? -1),
  };
}
