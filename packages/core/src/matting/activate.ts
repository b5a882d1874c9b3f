import { CutkitError } from '../errors.js';
import type { Manifest } from '../models/manifest.js';
import type { Tensor } from '../types.js';

/**
 * Turns a network's raw output `[1, C, H, W]` into coverage 0–1, `H × W`, as its manifest says:
 * `none` takes channel 0 as it is, `sigmoid` squashes it, `argmax` counts every class but the first as subject.
 */
export function activate(
  output: Tensor,
  width: number,
  height: number,
  activation: Manifest['output']['activation'],
): Float32Array {
  const size = width * height;
  if (output.type !== 'float32' || output.data.length < size || output.data.length % size !== 0) {
    throw new CutkitError(
      'MODEL_INPUTS',
      `The model gave [${output.dims.join('×')}] ${output.type} where ${width}×${height} float32 was expected.`,
      'Check `input` in its model.json, or export the model with the output first.',
    );
  }
  const { data } = output;
  const coverage = new Float32Array(size);
  if (activation === 'argmax') {
    const channels = data.length / size;
    for (let i = 0; i < size; i++) coverage[i] = isForeground(data, i, size, channels) ? 1 : 0;
    return coverage;
  }
  if (activation === 'sigmoid') {
    for (let i = 0; i < size; i++) coverage[i] = 1 / (1 + Math.exp(-data[i]!));
    return coverage;
  }
  for (let i = 0; i < size; i++) coverage[i] = data[i]!;
  return coverage;
}

/** Whether any class beats the background (channel 0) at pixel `i`; ties go to the background, as argmax has it. */
function isForeground(data: Float32Array, i: number, size: number, channels: number): boolean {
  const background = data[i]!;
  for (let c = 1; c < channels; c++) if (data[c * size + i]! > background) return true;
  return false;
}
