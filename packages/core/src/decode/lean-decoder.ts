import { dropOutputs } from '../models/onnx/edit.js';

/** Outputs of the official export with `--return-extra-metrics`: masks, scores, stability, areas, small logits. */
const WITH_METRICS = 5;

/**
 * A decoder without the full-size masks that the official export draws beside its low-resolution logits, and without what
 * it measures on them: they cost more than the rest of it, and Cutkit upscales for itself, only where a mask is.
 */
export function leanDecoder(model: Uint8Array): Uint8Array {
  return dropOutputs(model, (outputs) => {
    if (!outputs.includes('low_res_masks')) return [];
    if (outputs.length !== WITH_METRICS) return outputs.filter((name) => name === 'masks');
    return outputs.filter((name, i) => name !== 'iou_predictions' && i !== WITH_METRICS - 1);
  });
}
