/**
 * Makes an ONNX file smaller to pack: its int8 weights are rounded to multiples of `step`, and what rounding takes from one
 * weight is given to the next (error diffusion). So each filter keeps its sum, and smooth inputs, which is what pictures are,
 * see almost the same filter. Plain rounding to step 4 changes a mask by tens of grey levels; diffused, by one or two.
 */
import { findWeights } from '@cutkit/core';

/** Int8, as ONNX numbers element types. */
const INT8 = 3;
/** Tensors below this many weights stay exact: they weigh nothing, and first and last layers are among them. */
const SMALLEST = 10_000;
const LARGEST_WEIGHT = 127;

/** The model with coarser weights; the same bytes for step 1. Its size is unchanged: it is gzip that gains. */
export function coarsenWeights(model: Uint8Array, step: number): Uint8Array {
  const out = new Uint8Array(model); // a copy: `slice` of a Buffer would be a view
  if (step === 1) return out;
  for (const { type, start, end } of findWeights(model))
    if (type === INT8 && end - start >= SMALLEST) diffuse(out.subarray(start, end), step);
  return out;
}

function diffuse(bytes: Uint8Array, step: number): void {
  const weights = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  const most = Math.floor(LARGEST_WEIGHT / step);
  let owed = 0;
  for (let i = 0; i < weights.length; i++) {
    const wanted = weights[i]! + owed;
    const level = Math.max(-most, Math.min(most, Math.round(wanted / step)));
    owed = wanted - level * step;
    weights[i] = level * step;
  }
}
