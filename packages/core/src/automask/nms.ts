/** Corners `[x0, y0, x1, y1]`; width is x1 − x0. */
export type Corners = readonly [x0: number, y0: number, x1: number, y1: number];

/**
 * Greedy non-maximum suppression: indices of the boxes kept, best score first, ties in the order given. A box goes when
 * its IoU with a better one that stays, in single precision, is above `threshold`; 0 / 0 is above nothing (torchvision's
 * `nms` on a CPU).
 */
export function nms(boxes: readonly Corners[], scores: readonly number[], threshold: number): number[] {
  const order = boxes.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const kept: number[] = [];
  for (const candidate of order) {
    if (!kept.some((better) => iou(boxes[better]!, boxes[candidate]!) > Math.fround(threshold)))
      kept.push(candidate);
  }
  return kept;
}

function iou(a: Corners, b: Corners): number {
  const width = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]));
  const height = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
  const both = width * height;
  return Math.fround(both / (areaOfBox(a) + areaOfBox(b) - both));
}

/** Width times height. */
export function areaOfBox([x0, y0, x1, y1]: Corners): number {
  return (x1 - x0) * (y1 - y0);
}
