import { CutkitError } from '../errors.js';
import type { Manifest } from './manifest.js';
import { readModelInputs } from './onnx/walk.js';

/** What U²-Net takes; used where a model leaves its size free. */
const DEFAULT_SIDE = 320;

/**
 * A manifest for an `.onnx` file that came without one, recognised from its inputs: one image `[N, 3, H, W]` in, as
 * every model of rembg has it. The recipe is rembg's for custom models (divide by the maximum, ImageNet mean and std,
 * Lanczos, min-max). Throws `MODEL_INPUTS` for any other shape, `MODEL_CORRUPT` when the bytes are not ONNX.
 */
export function bareManifest(id: string, model: Uint8Array): Manifest {
  const { inputs } = readModelInputs(model);
  const dims = inputs[0]?.dims ?? [];
  if (inputs.length !== 1 || dims.length !== 4 || (dims[1] !== 3 && dims[1] !== -1)) {
    throw new CutkitError(
      'MODEL_INPUTS',
      `This model takes ${inputs.map(({ name, dims: d }) => `${name}[${d.join('×')}]`).join(', ') || 'no inputs'}, not one image.`,
      'Give a background-removal model with one input [1, 3, H, W], or write a model.json beside it.',
    );
  }
  const side = (dim: number | undefined) => (dim === undefined || dim < 1 ? DEFAULT_SIDE : dim);
  return {
    id,
    title: id,
    task: 'matting',
    contract: 'matting',
    files: {},
    input: {
      width: side(dims[3]),
      height: side(dims[2]),
      resize: 'stretch',
      filter: 'lanczos',
      scale: 'max',
      mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225],
      layout: 'NCHW',
      anySize: false,
    },
    output: { activation: 'none', normalise: 'minmax', range: [0, 1], filter: 'lanczos' },
    licence: 'unknown',
    trainingData: 'unknown: a file given by the user',
    source: 'local file',
  };
}
