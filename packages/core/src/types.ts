/** The plain data that passes between the rooms. No class here owns memory that needs releasing. */

/**
 * Interleaved 8-bit picture, row-major, no padding: `data[(y * width + x) * channels + c]`, 0–255.
 * 3 channels are sRGB, 4 are sRGB with straight (not premultiplied) alpha, 1 is grey or alpha.
 */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** A one-channel {@link Raster} read as coverage: 0 is background, 255 is the subject, between is soft. */
export interface Alpha extends Raster {
  readonly channels: 1;
}

/** A half-open rectangle of whole pixels: `x0 ≤ x < x1`, `y0 ≤ y < y1`. */
export interface PixelWindow {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Element types that Cutkit's models take and give. */
export interface TensorData {
  float32: Float32Array;
  int64: BigInt64Array;
  uint8: Uint8Array;
}

/** A dense row-major tensor, independent of any runtime. */
export type Tensor = {
  [K in keyof TensorData]: {
    readonly type: K;
    readonly dims: readonly number[];
    readonly data: TensorData[K];
  };
}[keyof TensorData];

/** What long work reports: `done` of `total` units inside `stage` (bytes for downloads, tiles for a network). */
export interface Progress {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
}

/** Every long operation takes these. An abort rejects with `signal.reason`. */
export interface WorkOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}
