import { strokeVisibly } from './stroke-visibly.js';

/** Draws the keyboard's crosshair, in image coordinates; `scale` is CSS pixels an image pixel. */
export function drawCrosshair(
  context: CanvasRenderingContext2D,
  { x, y }: { x: number; y: number },
  scale: number,
): void {
  const arm = 14 / scale;
  const gap = 3 / scale;
  const path = new Path2D();
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    path.moveTo(x + dx * gap, y + dy * gap);
    path.lineTo(x + dx * arm, y + dy * arm);
  }
  strokeVisibly(context, path, 2, scale);
}
