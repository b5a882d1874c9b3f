import { type Mask, maskOf } from '../../src/index.js';

/** A mask from rows of `.` and `#`. */
export function draw(...rows: string[]): Mask {
  const marks = [...rows.join('')];
  return maskOf(
    rows[0]!.length,
    rows.length,
    marks.map((mark) => (mark === '#' ? 1 : 0)),
  );
}

/** A repeatable picture of blobs. */
export function blobs(width: number, height: number, seed: number): Mask {
  const wave = (x: number, y: number) =>
    Math.sin(x * 0.9 + seed) + Math.cos(y * 0.7 - seed) + Math.sin((x + y) * 0.37 * seed);
  const isSet = (i: number) => (wave(i % width, Math.floor(i / width)) > 0.3 ? 1 : 0);
  return maskOf(
    width,
    height,
    Array.from({ length: width * height }, (_, i) => isSet(i)),
  );
}
