import type { RunLengths } from '@cutkit/core';
import type { FileChange } from '../model/change.js';
import type { FileStat } from '../model/file-system.js';
import { paintMask } from './plane-masks.js';
import type { PngPlane } from './read-png.js';
import { vocColour } from './voc-colours.js';
import { replaceValues, writePng } from './write-png.js';

/** One step over a plane of values. */
export type PlaneStep =
  /** Pixels of the mask that have this value, or any where none is given, become background. */
  | { readonly type: 'clear'; readonly rle: RunLengths; readonly value: number | undefined }
  /** Pixels of the mask become this value, whatever they were. */
  | { readonly type: 'paint'; readonly rle: RunLengths; readonly value: number };

/** The values after the steps, in their order. */
export function editPlane(values: PngPlane['values'], steps: readonly PlaneStep[]): Uint32Array {
  const next = Uint32Array.from(values);
  for (const { type, rle, value } of steps) {
    if (type === 'clear') paintMask(next, rle, 0, (old) => value === undefined || old === value);
    else paintMask(next, rle, value);
  }
  return next;
}

/**
 * The change of a PNG file to new values. Only the image data changes, unless a value needs more bits or a longer
 * palette than the file has; then the file is written anew, with eight bits or sixteen.
 */
export function planeChange(
  path: string,
  base: FileStat,
  bytes: Uint8Array,
  plane: PngPlane,
  values: ArrayLike<number>,
): FileChange {
  let largest = 0;
  for (let i = 0; i < values.length; i++) if (values[i]! > largest) largest = values[i]!;
  const { depth, palette, channels } = plane;
  if (channels >= 3 || (largest < 2 ** depth && (!palette || largest < palette.length))) {
    return { type: 'splice', path, base, splices: [replaceValues(bytes, plane, values)] };
  }
  const { width, height } = plane;
  const wide = largest > 255;
  const longer =
    palette && !wide && Array.from({ length: largest + 1 }, (_, i) => palette[i] ?? vocColour(i));
  const png = {
    width,
    height,
    channels: 1,
    values,
    depth: wide ? 16 : 8,
    ...(longer && { palette: longer }),
  } as const;
  return { type: 'write', path, base, bytes: writePng(png) };
}
