/** Strokes a path in white on black, which is seen on any picture: `width` CSS pixels of white; `scale` CSS pixels an image pixel. */
export function strokeVisibly(
  context: CanvasRenderingContext2D,
  path: Path2D,
  width: number,
  scale: number,
): void {
  for (const [style, wide] of [
    ['#000', width + 2],
    ['#fff', width],
  ] as const) {
    context.strokeStyle = style;
    context.lineWidth = wide / scale;
    context.stroke(path);
  }
}
