import type { InferenceSession, Tensor as OrtTensor, TensorConstructor } from 'onnxruntime-common';
import { CutkitError } from '../errors.js';
import type { Tensor } from '../types.js';
import type { Backend, Session, TensorInfo } from './session.js';

/** The part of ONNX Runtime's JavaScript API that its native and web packages share; native also opens paths. */
export interface OrtApi<Model = Uint8Array> {
  readonly InferenceSession: {
    create(model: Model, options: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: TensorConstructor;
}

/** Opens `model` with the given ONNX Runtime and wraps it as a {@link Session}. Rejects with `MODEL_CORRUPT` when the bytes are not a model. */
export async function ortSession<Model>(
  ort: OrtApi<Model>,
  backend: Backend,
  model: Model,
  options: InferenceSession.SessionOptions,
): Promise<Session> {
  const inner = await ort.InferenceSession.create(model, options).catch((cause: unknown) => {
    throw isModelFault(cause) ? corrupt(cause) : cause;
  });
  let released: Promise<void> | undefined;
  return {
    backend,
    inputs: inner.inputMetadata.map(toInfo),
    outputs: inner.outputMetadata.map(toInfo),
    async run(feeds) {
      const ortFeeds = Object.entries(feeds).map(([name, tensor]) => [name, toOrt(ort, tensor)]);
      const results = await inner.run(Object.fromEntries(ortFeeds));
      return Object.fromEntries(Object.entries(results).map(([name, value]) => [name, fromOrt(value)]));
    },
    dispose() {
      released ??= inner.release();
      return released;
    },
  };
}

/** ONNX Runtime has no error classes, only texts; these are the ones about the file rather than the machine. */
function isModelFault(cause: unknown): boolean {
  return /protobuf|load model|invalid (?:graph|model)|ModelProto|model is invalid|no graph|opset/i.test(
    String(cause),
  );
}

function corrupt(cause: unknown): CutkitError {
  return new CutkitError(
    'MODEL_CORRUPT',
    'The model file is damaged or is not an ONNX model.',
    'Pull it again with `cutkit models pull`, or check the file you gave.',
    cause,
  );
}

function toInfo(meta: InferenceSession.ValueMetadata): TensorInfo {
  if (!meta.isTensor) return { name: meta.name, type: 'other', dims: [] };
  return {
    name: meta.name,
    type: meta.type,
    dims: meta.shape.map((dim) => (typeof dim === 'number' ? dim : -1)),
  };
}

function toOrt(ort: Pick<OrtApi, 'Tensor'>, tensor: Tensor): OrtTensor {
  const dims = [...tensor.dims];
  switch (tensor.type) {
    case 'float32':
      return new ort.Tensor('float32', tensor.data, dims);
    case 'int64':
      return new ort.Tensor('int64', tensor.data, dims);
    case 'uint8':
      return new ort.Tensor('uint8', tensor.data, dims);
  }
}

function fromOrt(value: InferenceSession.OnnxValueMapType[string]): Tensor {
  const { type, dims, data } = value as OrtTensor;
  if (type === 'float32' && data instanceof Float32Array) return { type, dims, data };
  if (type === 'int64' && data instanceof BigInt64Array) return { type, dims, data };
  if (type === 'uint8' && data instanceof Uint8Array) return { type, dims, data };
  throw new CutkitError(
    'MODEL_INPUTS',
    `The model gives ${type} output, which Cutkit does not read.`,
    'Export the model with float32 outputs.',
  );
}
