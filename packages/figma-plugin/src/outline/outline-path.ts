import { type Alpha, simplifyRing } from '@cutkit/core';
import { contours } from 'd3-contour';
import fitCurve from 'fit-curve';
import { blur } from '../edges/blur.js';
import { type ReadonlyMatrix, transform } from '../geometry/matrix.js';

type Point = [x: number, y: number];

/** How closely an outline follows. */
export interface OutlineOptions {
  /** How far, in picture pixels, the curve may be from the edge. Default 1. */
  readonly tolerance?: number;
  /** Rings of fewer square pixels are left out. Default 16. */
  readonly smallest?: number;
}

/** Turns sharper than this, in degrees, stay corners. */
const CORNER = 50;

/**
 * The half-covered line of a mask as Bézier path data (`M C Z`, single spaces, holes by EVENODD), its points mapped by `toLayer`.
 * An empty mask gives an empty path.
 */
export function outlinePath(
  alpha: Alpha,
  toLayer: ReadonlyMatrix,
  { tolerance = 1, smallest = 16 }: OutlineOptions = {},
): string {
  const rings = levelRings(alpha).filter((ring) => Math.abs(areaOf(ring)) >= smallest);
  return rings.map((ring) => ringPath(ring, toLayer, tolerance)).join(' ');
}

/** Marching squares at half coverage, between the pixels' middles, closed at the picture's border. */
function levelRings({ width, height, data: hard }: Alpha): Point[][] {
  // A mask without soft edges is made of steps; a breath of blur turns them into the line that they stand for.
  const data = blur(hard as Uint8Array, width, height, 1);
  // A rim of nothing closes what touches the border, and lets its outline lie on it.
  const [w, h] = [width + 2, height + 2];
  const padded = new Float64Array(w * h);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) padded[(y + 1) * w + x + 1] = data[y * width + x]!;
  }
  const { coordinates } = contours()
    .size([w, h])
    .contour(padded as unknown as number[], 127.5);
  const clamp = (value: number, most: number) => Math.min(most, Math.max(0, value - 1));
  return coordinates.flatMap((polygon) =>
    polygon.map((ring) => ring.slice(0, -1).map(([x, y]): Point => [clamp(x!, width), clamp(y!, height)])),
  );
}

function ringPath(ring: Point[], toLayer: ReadonlyMatrix, tolerance: number): string {
  const pieces = smoothPieces(ring, tolerance);
  const place = (point: readonly number[]) =>
    transform(toLayer, point[0]!, point[1]!).map(tidyNumber).join(' ');
  const curves = pieces.flatMap((piece) => fitCurve(piece, tolerance));
  const [first] = curves;
  if (!first) return '';
  return `M ${place(first[0]!)} ${curves.map(([, a, b, to]) => `C ${place(a!)} ${place(b!)} ${place(to!)}`).join(' ')} Z`;
}

/** The ring cut at its corners, so that curves are fitted between them and never round them off. */
function smoothPieces(ring: Point[], tolerance: number): Point[][] {
  const flat = simplifyRing(ring.flat(), tolerance);
  const kept: Point[] = [];
  for (let i = 0; i < flat.length; i += 2) kept.push([flat[i]!, flat[i + 1]!]);
  const corners = kept.filter((at, i) => turnAt(kept.at(i - 1)!, at, kept[(i + 1) % kept.length]!) > CORNER);
  const isCorner = new Set((corners.length > 0 ? corners : [ring[0]!]).map(String));
  const start = ring.findIndex((point) => isCorner.has(String(point)));
  const turned = [...ring.slice(start), ...ring.slice(0, start), ring[start]!];
  const pieces: Point[][] = [];
  let piece: Point[] = [turned[0]!];
  for (const point of turned.slice(1)) {
    piece.push(point);
    if (!isCorner.has(String(point))) continue;
    pieces.push(piece);
    piece = [point];
  }
  if (piece.length > 1) pieces.push(piece);
  return pieces;
}

function turnAt([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number {
  const turn = Math.abs(Math.atan2(cy - by, cx - bx) - Math.atan2(by - ay, bx - ax));
  return (Math.min(turn, Math.PI * 2 - turn) * 180) / Math.PI;
}

function areaOf(ring: readonly Point[]): number {
  let sum = 0;
  for (const [i, [x, y]] of ring.entries()) {
    const [nx, ny] = ring[(i + 1) % ring.length]!;
    sum += x * ny - nx * y;
  }
  return sum / 2;
}

/** Two decimals are a hundredth of a unit; Figma's parser takes no exponents. */
function tidyNumber(value: number): string {
  return String(Number(value.toFixed(2)));
}
