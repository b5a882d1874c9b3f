import type { Alpha, Raster } from '../types.js';
import type { Window } from './foreground-levels.js';

/** Neighbours of a pixel in the 5×5 square around it that come after it in reading order. */
export const AFTER = 12;
/** Half the side of a window, and how far two pixels of one window lie apart at most. */
const RADIUS = 1;
const REACH = 2 * RADIUS;
const SIDE = 2 * RADIUS + 1;
const AREA = SIDE * SIDE;

/**
 * The matting Laplacian where a trimap leaves pixels open: a sparse symmetric matrix over the `count` pixels that share a 3×3
 * window with an open one.
 */
export interface BandLaplacian {
  readonly count: number;
  /** Each variable's pixel in the picture, in reading order. */
  readonly pixels: Int32Array;
  readonly diagonal: Float64Array;
  /** For each variable {@link AFTER} later ones that it is joined to, `count` where there is none, and their entries. */
  readonly neighbours: Int32Array;
  readonly weights: Float64Array;
}

/** The place of the neighbour `dx, dy` away among {@link AFTER}; it comes later in reading order. */
function slotOf(dx: number, dy: number): number {
  return dy === 0 ? dx - 1 : 2 + (dy - 1) * 5 + dx + REACH;
}

/**
 * Levin, Lischinski and Weiss 2008, with pymatting's parameters, of the windows that hold an open pixel only: elsewhere alpha
 * is known. Open are the pixels of `trimap` that are neither 0 nor 255. `image` is RGB or RGBA of at least 3×3 pixels.
 */
export function bandLaplacian(image: Raster, trimap: Alpha, epsilon: number): BandLaplacian {
  const { width } = image;
  const box = openBox(trimap);
  const [row, rows] = [box.x1 - box.x0, box.y1 - box.y0];
  const centres = centresOf(trimap, box);
  const index = numberPixels(centres, row, rows);
  const count = index.count;
  const pixels = new Int32Array(count);
  const neighbours = new Int32Array(count * AFTER).fill(count);
  for (let at = 0; at < index.of.length; at++) {
    const i = index.of[at]!;
    if (i < 0) continue;
    const [x, y] = [at % row, Math.floor(at / row)];
    pixels[i] = (y + box.y0) * width + x + box.x0;
    for (let dy = 0; dy <= REACH && y + dy < rows; dy++) {
      for (let dx = dy === 0 ? 1 : -REACH; dx <= REACH; dx++) {
        if (x + dx < 0 || x + dx >= row) continue;
        const j = index.of[at + dy * row + dx]!;
        if (j >= 0) neighbours[i * AFTER + slotOf(dx, dy)] = j;
      }
    }
  }
  const system = {
    count,
    pixels,
    diagonal: new Float64Array(count),
    neighbours,
    weights: new Float64Array(count * AFTER),
  };
  const patch = createPatch();
  for (let at = 0; at < centres.length; at++) {
    if (centres[at] === 0) continue;
    for (let k = 0; k < AREA; k++)
      patch.members[k] = index.of[at + (Math.floor(k / SIDE) - RADIUS) * row + (k % SIDE) - RADIUS]!;
    readColours(image, system.pixels, patch);
    addWindow(patch, epsilon, system);
  }
  return system;
}

/** The smallest rectangle around the open pixels and their windows. */
function openBox({ width, height, data }: Alpha): Window {
  let [x0, y0, x1, y1] = [width, height, 0, 0];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (((data[i]! + 1) & 255) <= 1) continue;
      if (x < x0) x0 = x;
      if (x >= x1) x1 = x + 1;
      if (y < y0) y0 = y;
      y1 = y + 1;
    }
  }
  return {
    x0: Math.max(0, x0 - REACH),
    y0: Math.max(0, y0 - REACH),
    x1: Math.min(width, x1 + REACH),
    y1: Math.min(height, y1 + REACH),
  };
}

/** 1 at the middle of every window that lies in the picture and holds an open pixel. */
function centresOf({ width, height, data }: Alpha, box: Window): Uint8Array {
  const row = box.x1 - box.x0;
  const centres = new Uint8Array(Math.max(0, row * (box.y1 - box.y0)));
  for (let y = box.y0; y < box.y1; y++) {
    for (let x = box.x0; x < box.x1; x++) {
      if (((data[y * width + x]! + 1) & 255) <= 1) continue;
      for (let cy = Math.max(RADIUS, y - RADIUS); cy <= Math.min(height - 1 - RADIUS, y + RADIUS); cy++) {
        for (let cx = Math.max(RADIUS, x - RADIUS); cx <= Math.min(width - 1 - RADIUS, x + RADIUS); cx++)
          centres[(cy - box.y0) * row + cx - box.x0] = 1;
      }
    }
  }
  return centres;
}

/** Numbers the pixels of all windows in reading order, −1 for others. */
function numberPixels(centres: Uint8Array, row: number, rows: number): { of: Int32Array; count: number } {
  const of = new Int32Array(row * rows).fill(-1);
  for (let at = 0; at < centres.length; at++) {
    if (centres[at] === 0) continue;
    for (let k = 0; k < AREA; k++) of[at + (Math.floor(k / SIDE) - RADIUS) * row + (k % SIDE) - RADIUS] = 0;
  }
  let count = 0;
  for (let at = 0; at < of.length; at++) if (of[at] === 0) of[at] = count++;
  return { of, count };
}

/** One window's variables, and their colours less the window's mean, in planes. */
interface Patch {
  readonly members: Int32Array;
  readonly red: Float64Array;
  readonly green: Float64Array;
  readonly blue: Float64Array;
}

function createPatch(): Patch {
  const plane = () => new Float64Array(AREA);
  return { members: new Int32Array(AREA), red: plane(), green: plane(), blue: plane() };
}

function readColours({ channels, data }: Raster, pixels: Int32Array, { members, ...planes }: Patch): void {
  let c = 0;
  for (const plane of [planes.red, planes.green, planes.blue]) {
    let sum = 0;
    for (let k = 0; k < AREA; k++) {
      plane[k] = data[pixels[members[k]!]! * channels + c]! / 255;
      sum += plane[k]!;
    }
    for (let k = 0; k < AREA; k++) plane[k]! -= sum / AREA;
    c++;
  }
}

/** Adds `δij − (1 + ci · Σ⁻¹ cj) / 9` for each pair of the window's pixels, Σ being its colours' regularised covariance. */
function addWindow({ members, red, green, blue }: Patch, epsilon: number, system: BandLaplacian): void {
  let [rr, rg, rb, gg, gb, bb] = [epsilon, 0, 0, epsilon, 0, epsilon];
  for (let k = 0; k < AREA; k++) {
    const [r, g, b] = [red[k]!, green[k]!, blue[k]!];
    rr += r * r;
    rg += r * g;
    rb += r * b;
    gg += g * g;
    gb += g * b;
    bb += b * b;
  }
  // The inverse of a symmetric 3×3 by its cofactors; both the sums and ε are divided by the area.
  const [m00, m01, m02] = [gg * bb - gb * gb, rb * gb - rg * bb, rg * gb - rb * gg];
  const [m11, m12, m22] = [rr * bb - rb * rb, rg * rb - rr * gb, rr * gg - rg * rg];
  const scale = AREA / (rr * m00 + rg * m01 + rb * m02);
  for (let k = 0; k < AREA; k++) {
    const [r, g, b] = [red[k]!, green[k]!, blue[k]!];
    const u = scale * (m00 * r + m01 * g + m02 * b);
    const v = scale * (m01 * r + m11 * g + m12 * b);
    const w = scale * (m02 * r + m12 * g + m22 * b);
    const i = members[k]!;
    system.diagonal[i]! += 1 - (1 + u * r + v * g + w * b) / AREA;
    for (let l = k + 1; l < AREA; l++) {
      const slot = slotOf((l % SIDE) - (k % SIDE), Math.floor(l / SIDE) - Math.floor(k / SIDE));
      system.weights[i * AFTER + slot]! -= (1 + u * red[l]! + v * green[l]! + w * blue[l]!) / AREA;
    }
  }
}
