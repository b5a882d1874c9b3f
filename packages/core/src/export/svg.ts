import { type Ring, ringArea, simplifyRing, traceContours } from '../mask/contour.js';
import { areaOf, type Mask } from '../mask/mask.js';
import { distinctColour } from './overlay.js';

/** A mask's outlines as an SVG path, and what simplifying them cost. */
export interface MaskPath {
  /** The `d` attribute; holes come out with `fill-rule="evenodd"`. */
  readonly d: string;
  readonly rings: readonly Ring[];
  /** Area of the path less that of the mask, as a share of the mask's; 0 without simplification. */
  readonly areaError: number;
}

/** A mask as a path, no corner dropped that is farther than `tolerance` pixels from it. */
export function maskPath(mask: Mask, tolerance: number = 0): MaskPath {
  const rings = traceContours(mask).map((ring) => simplifyRing(ring, tolerance));
  const area = rings.reduce((sum, ring) => sum + ringArea(ring), 0);
  const exact = areaOf(mask);
  return { d: rings.map(subpath).join(''), rings, areaError: exact === 0 ? 0 : (area - exact) / exact };
}

function subpath(ring: Ring): string {
  const corners = Array.from({ length: ring.length / 2 }, (_, i) => `${ring[i * 2]} ${ring[i * 2 + 1]}`);
  return `M${corners.join('L')}Z`;
}

/** Masks as one SVG drawing of the picture's size, each a path of its own colour, largest first. */
export function masksSvg(
  width: number,
  height: number,
  masks: readonly Mask[],
  tolerance: number = 1,
): string {
  const paths = masks
    .map((mask, i) => ({ mask, i, area: areaOf(mask) }))
    .sort((a, b) => b.area - a.area)
    .map(({ mask, i }) => {
      const [r, g, b] = distinctColour(i);
      return `  <path id="mask-${i + 1}" fill="rgb(${r},${g},${b})" fill-opacity="0.35" d="${maskPath(mask, tolerance).d}"/>`;
    });
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} fill-rule="evenodd">\n${paths.join('\n')}\n</svg>\n`;
}
