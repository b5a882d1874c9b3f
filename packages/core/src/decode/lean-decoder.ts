import { dropOutputs } from '../models/onnx/edit.js';

/**
 * A decoder without the full-size masks that the official export draws beside its low-resolution logits: they cost more
 * than the rest of it, and Cutkit upscales for itself, only where a mask is.
 */
export function leanDecoder(model: Uint8Array): Uint8Array {
  return dropOutputs(model, (outputs) =>
    outputs.includes('low_res_masks') ? outputs.filter((name) => name === 'masks') : [],
  );
}
