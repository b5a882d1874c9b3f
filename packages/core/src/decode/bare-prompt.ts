import type { Manifest } from '../models/manifest.js';
import { readModelInputs } from '../models/onnx/walk.js';
import { familyOf } from './families.js';

/** Side of the frame of every public family. */
const SIDE = 1024;

/**
 * The manifest of two promptable ONNX files that come without one: the family is the one that the decoder's inputs show, the
 * frame's side that of the encoder's input. Throws `MODEL_INPUTS` when no family fits, `MODEL_CORRUPT` for other files.
 */
export function barePromptManifest(id: string, encoder: Uint8Array, decoder: Uint8Array): Manifest {
  const family = familyOf(readModelInputs(decoder), { id });
  const dims = readModelInputs(encoder).inputs[0]?.dims ?? [];
  const side = dims.length === 4 && dims[2]! > 0 && dims[2] === dims[3] ? dims[2] : SIDE;
  return {
    id,
    title: id,
    task: 'promptable',
    contract: family.id,
    files: {},
    input: {
      width: side,
      height: side,
      resize: family.resize,
      filter: 'bilinear',
      scale: 255,
      mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225],
      layout: 'NCHW',
      anySize: false,
    },
    output: { activation: 'none', normalise: 'clamp', range: [0, 1], filter: 'bilinear' },
    licence: 'undeclared',
    trainingData: 'not stated',
    source: 'local files',
  };
}
