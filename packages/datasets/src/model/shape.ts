import type { Ring, RunLengths } from '@cutkit/core';
import type { Sentence } from '../sentences/sentence.js';

/** A rectangle in pixels, `[x, y, width, height]`, as COCO's `bbox`. Pixel (0, 0) spans 0 to 1. */
export type Box = readonly [x: number, y: number, width: number, height: number];

/** One region of an instance. Rings are `x0, y0, x1, y1, …` in pixels, not closed by a repeated corner. */
export interface Part {
  readonly outline: Ring;
  /** What is cut out of it. */
  readonly holes: readonly Ring[];
}

/** Where an instance is. */
export type Shape =
  /** Outlines; their union is the instance. Several parts are one instance in pieces. */
  | { readonly kind: 'polygons'; readonly parts: readonly Part[] }
  /** Exact pixels, as run lengths down the columns. */
  | { readonly kind: 'pixels'; readonly rle: RunLengths }
  /** Only a rectangle is known: {@link Instance.box}. */
  | { readonly kind: 'box' }
  /** No area: points, lines, or nothing at all. The record keeps it untouched. */
  | { readonly kind: 'none'; readonly what: string }
  /** What the file holds is broken; `reason` says how. The record keeps it untouched. */
  | { readonly kind: 'invalid'; readonly reason: Sentence };
