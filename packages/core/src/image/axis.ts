/**
 * How one axis is resampled: sample `i` of the result is the sum over `j < counts[i]` of
 * `weights[i * stride + j] * source[starts[i] + j]`. Weights from `counts[i]` to the end of the stride are 0.
 */
export interface Axis<Weights extends Int32Array | Float64Array> {
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  readonly weights: Weights;
  readonly stride: number;
}
