/**
 * Grows (`pixels` > 0) or shrinks soft coverage: each step takes the largest or smallest of the neighbours, by turns of the
 * four and of the eight nearest, so that a point grows to an octagon. Softness of the edge is kept.
 */
export function shiftEdge(plane: Uint8Array, width: number, height: number, pixels: number): Uint8Array {
  const steps = Math.round(Math.abs(pixels));
  if (steps === 0) return plane;
  // Shrinking is growing what is left out.
  const flip = pixels < 0 ? 255 : 0;
  let from = plane.map((value) => value ^ flip);
  let to = new Uint8Array(plane.length);
  for (let step = 0; step < steps; step++) {
    grow(from, to, width, height, step % 2 === 1);
    [from, to] = [to, from];
  }
  return from.map((value) => value ^ flip);
}

function grow(from: Uint8Array, to: Uint8Array, width: number, height: number, withCorners: boolean): void {
  for (let y = 0, i = 0; y < height; y++) {
    const up = y > 0 ? -width : 0;
    const down = y < height - 1 ? width : 0;
    for (let x = 0; x < width; x++, i++) {
      const left = x > 0 ? -1 : 0;
      const right = x < width - 1 ? 1 : 0;
      let most = Math.max(from[i]!, from[i + left]!, from[i + right]!, from[i + up]!, from[i + down]!);
      if (withCorners) {
        const corners = Math.max(
          from[i + up + left]!,
          from[i + up + right]!,
          from[i + down + left]!,
          from[i + down + right]!,
        );
        if (corners > most) most = corners;
      }
      to[i] = most;
    }
  }
}
