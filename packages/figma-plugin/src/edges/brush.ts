/** One stroke of the brush: places in picture pixels, and whether it restores or erases. */
export interface Stroke {
  readonly mode: 'restore' | 'erase';
  /** Radius in picture pixels. */
  readonly radius: number;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** Paints strokes into coverage of `width × height`, in place; `scale` is the plane's pixels a pixel of the picture. */
export function paintStrokes(
  data: Uint8Array,
  width: number,
  height: number,
  strokes: readonly Stroke[],
  scale = 1,
): void {
  for (const { mode, radius, points } of strokes) {
    const value = mode === 'restore' ? 255 : 0;
    for (const [i, to] of points.entries()) {
      const from = points[Math.max(0, i - 1)]!;
      paintSegment(data, width, height, from, to, radius * scale, scale, value);
    }
  }
}

/** All within `radius` of the line between two points, with an edge one pixel soft. */
function paintSegment(
  data: Uint8Array,
  width: number,
  height: number,
  [fx, fy]: readonly [number, number],
  [tx, ty]: readonly [number, number],
  radius: number,
  scale: number,
  value: number,
): void {
  const [ax, ay, bx, by] = [fx * scale, fy * scale, tx * scale, ty * scale];
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const reach = radius + 1;
  const [x0, x1] = [
    Math.max(0, Math.floor(Math.min(ax, bx) - reach)),
    Math.min(width - 1, Math.ceil(Math.max(ax, bx) + reach)),
  ];
  const [y0, y1] = [
    Math.max(0, Math.floor(Math.min(ay, by) - reach)),
    Math.min(height - 1, Math.ceil(Math.max(ay, by) + reach)),
  ];
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const [px, py] = [x + 0.5 - ax, y + 0.5 - ay];
      const along = length === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length));
      const distance = Math.hypot(px - along * dx, py - along * dy);
      const weight = Math.min(1, Math.max(0, radius + 0.5 - distance));
      const at = y * width + x;
      data[at] = data[at]! + (value - data[at]!) * weight;
    }
  }
}
