import type { Mask } from './mask.js';

/**
 * For each pixel of a mask's bounds how far it is from what is not set, in steps of a chess king: 0 where it is not set itself, 1 on
 * the mask's rim. What lies outside the bounds, or the picture, counts as not set. Two scans (Rosenfeld and Pfaltz 1968).
 */
export function edgeDistance({ bounds, data }: Mask): Uint16Array {
  const [row, rows] = [bounds.x1 - bounds.x0, bounds.y1 - bounds.y0];
  const out = new Uint16Array(data.length);
  const at = (x: number, y: number) => (x < 0 || y < 0 || x >= row || y >= rows ? 0 : out[y * row + x]!);
  for (let y = 0, i = 0; y < rows; y++) {
    for (let x = 0; x < row; x++, i++) {
      if (data[i] === 1)
        out[i] = 1 + Math.min(at(x - 1, y), at(x - 1, y - 1), at(x, y - 1), at(x + 1, y - 1));
    }
  }
  for (let y = rows - 1, i = out.length - 1; y >= 0; y--) {
    for (let x = row - 1; x >= 0; x--, i--) {
      if (out[i] === 0) continue;
      const below = Math.min(at(x + 1, y), at(x + 1, y + 1), at(x, y + 1), at(x - 1, y + 1));
      out[i] = Math.min(out[i]!, 1 + below);
    }
  }
  return out;
}

/** The set pixel that is farthest from the mask's edge, where a label fits best; undefined for an empty mask. */
export function innerPoint(mask: Mask): readonly [x: number, y: number] | undefined {
  const { bounds } = mask;
  const distance = edgeDistance(mask);
  let best = -1;
  for (let i = 0; i < distance.length; i++) if (distance[i]! > (best < 0 ? 0 : distance[best]!)) best = i;
  if (best < 0) return undefined;
  const row = bounds.x1 - bounds.x0;
  return [bounds.x0 + (best % row), bounds.y0 + Math.floor(best / row)];
}
