import { concat } from './concat.js';
import { cut, equal, merge, type Run } from './share-weights.js';

/** A file as stretches of another one, `base`, and of the `rest`, which the other lacks. */
export interface Derived {
  readonly runs: readonly Run[];
  readonly rest: Uint8Array<ArrayBuffer>;
}

/**
 * How `file` is made of `base` where both hold the same tensors, as a network does that begins with another. `joinRuns` with
 * the streams `base` and `rest` gives the very bytes back. Throws `MODEL_CORRUPT` for a file that is not ONNX.
 */
export function derive(base: Uint8Array, file: Uint8Array): Derived {
  const pieces = cut(base);
  const rest: Uint8Array[] = [];
  let size = 0;
  const runs = cut(file).map((piece): Run => {
    const found = pieces.find((one) => equal(one, piece));
    if (found) return ['base', found.byteOffset - base.byteOffset, piece.length];
    rest.push(piece);
    size += piece.length;
    return ['rest', size - piece.length, piece.length];
  });
  return { runs: merge(runs), rest: concat(rest) };
}
