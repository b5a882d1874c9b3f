/** One tile: the region that the network sees, and the part of it whose result is kept. Half-open, in pixels. */
export interface Tile {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly keepX0: number;
  readonly keepY0: number;
  readonly keepX1: number;
  readonly keepY1: number;
}

/** How a fully convolutional network may be cut into tiles. */
export interface TilePlan {
  /** Side of the region that the network sees at once. */
  readonly tile: number;
  /** Pixels on each inner side that are computed and thrown away: at least the receptive field's radius. */
  readonly margin: number;
  /** Tile origins fall on multiples of this: the network's total pooling factor. */
  readonly align: number;
}

/**
 * Covers `width × height` with tiles whose kept parts partition the image.
 *
 * With `margin ≥` the receptive field's radius and origins on the pooling grid, every kept pixel sees exactly what it
 * would see in the whole image, so the seams are invisible by construction rather than by blending.
 */
export function planTiles(width: number, height: number, plan: TilePlan): Tile[] {
  const columns = spans(width, plan);
  return spans(height, plan).flatMap((y) =>
    columns.map((x) => ({
      x0: x.from,
      y0: y.from,
      x1: x.to,
      y1: y.to,
      keepX0: x.keepFrom,
      keepY0: y.keepFrom,
      keepX1: x.keepTo,
      keepY1: y.keepTo,
    })),
  );
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly keepFrom: number;
  readonly keepTo: number;
}

function spans(length: number, { tile, margin, align }: TilePlan): Span[] {
  const stride = tile - 2 * margin;
  if (stride < align || margin % align !== 0 || tile % align !== 0) {
    throw new RangeError(
      `tile ${tile} and margin ${margin} must be multiples of ${align}, with room between the margins`,
    );
  }
  const list: Span[] = [];
  for (let keepFrom = 0; keepFrom < length; ) {
    const from = Math.max(0, keepFrom - margin);
    const to = Math.min(length, from + tile);
    const keepTo = to === length ? length : to - margin;
    list.push({ from, to, keepFrom, keepTo });
    keepFrom = keepTo;
  }
  return list;
}
