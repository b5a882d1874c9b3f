import { concat } from './concat.js';
import { findWeights } from './weights.js';

/** A stretch of a file: `length` bytes of a stream, from `start`. */
export type Run = readonly [stream: string, start: number, length: number];

/** Files taken apart: see {@link shareWeights}. */
export interface SharedFiles<Name extends string> {
  /** Bytes by the names of the files that need them, joined by `+`: `encoder`, or `cutout+encoder`. */
  readonly streams: Readonly<Record<string, Uint8Array>>;
  /** How each file is put together again. */
  readonly recipes: Readonly<Record<Name, readonly Run[]>>;
}

/** Tensors of fewer bytes stay with the rest of their file: naming them would cost what sharing them saves. */
const SMALLEST = 512;

interface Piece {
  readonly bytes: Uint8Array;
  readonly users: Set<string>;
}

/**
 * Takes ONNX files apart so that a tensor which several of them hold, or one of them twice, is kept once: two networks on one
 * trunk then cost little more than one. Each file is cut into its larger weight tensors and what lies between them. Pieces
 * go to one stream for each set of files that need them, so that whoever wants one file unpacks no other's.
 *
 * {@link joinRuns} gives back the very bytes. Throws `MODEL_CORRUPT` for a file that is not ONNX.
 */
export function shareWeights<Name extends string>(
  files: Readonly<Record<Name, Uint8Array>>,
): SharedFiles<Name> {
  const names = Object.keys(files) as Name[];
  const known = new Map<number, Piece[]>();
  const pieces = names.map((name) => cut(files[name]).map((bytes) => unify(known, name, bytes)));

  const parts = new Map<string, Uint8Array[]>();
  const sizes = new Map<string, number>();
  const places = new Map<Piece, Run>();
  const place = (piece: Piece): Run => {
    const stream = [...piece.users].join('+');
    const start = sizes.get(stream) ?? 0;
    parts.set(stream, [...(parts.get(stream) ?? []), piece.bytes]);
    sizes.set(stream, start + piece.bytes.length);
    const run: Run = [stream, start, piece.bytes.length];
    places.set(piece, run);
    return run;
  };
  const recipes = names.map(
    (name, i) => [name, merge(pieces[i]!.map((piece) => places.get(piece) ?? place(piece)))] as const,
  );
  return {
    streams: Object.fromEntries([...parts].map(([stream, list]) => [stream, concat(list)])),
    recipes: Object.fromEntries(recipes) as Record<Name, Run[]>,
  };
}

/** The file that a recipe of {@link shareWeights} makes of its streams. */
export function joinRuns(
  runs: readonly Run[],
  streams: Readonly<Record<string, Uint8Array>>,
): Uint8Array<ArrayBuffer> {
  return concat(runs.map(([stream, start, length]) => streams[stream]!.subarray(start, start + length)));
}

/** A file's larger tensors, and what lies before, between and behind them. */
export function cut(file: Uint8Array): Uint8Array[] {
  const cuts = [0];
  for (const { start, end } of findWeights(file)) if (end - start >= SMALLEST) cuts.push(start, end);
  cuts.push(file.length);
  return cuts.slice(1).flatMap((end, i) => (end > cuts[i]! ? [file.subarray(cuts[i], end)] : []));
}

/** The piece of these bytes, known from before or new, with one user more. */
function unify(known: Map<number, Piece[]>, user: string, bytes: Uint8Array): Piece {
  const alike = known.get(bytes.length) ?? [];
  let piece = alike.find((one) => equal(one.bytes, bytes));
  if (!piece) {
    piece = { bytes, users: new Set() };
    known.set(bytes.length, [...alike, piece]);
  }
  piece.users.add(user);
  return piece;
}

/** Whether two pieces hold the same bytes. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Runs that follow one another in one stream become one. */
export function merge(runs: readonly Run[]): Run[] {
  const merged: Run[] = [];
  for (const [stream, start, length] of runs) {
    const last = merged.at(-1);
    if (last?.[0] === stream && last[1] + last[2] === start)
      merged[merged.length - 1] = [stream, last[1], last[2] + length];
    else merged.push([stream, start, length]);
  }
  return merged;
}
