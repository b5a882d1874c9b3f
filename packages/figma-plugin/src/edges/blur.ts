/** Box passes that together come close to a Gaussian. */
const PASSES = 3;

/** A plane blurred by about a Gaussian of `sigma` pixels; its border values reach on outside. Time does not grow with sigma. */
export function blur(plane: Uint8Array, width: number, height: number, sigma: number): Uint8Array {
  // Three boxes of width w have the variance 3 (w² − 1) / 12.
  const radius = Math.max(0, Math.round((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2));
  if (radius === 0) return plane;
  const from = Uint16Array.from(plane, (value) => value << 8);
  let to = new Uint16Array(plane.length);
  for (let pass = 0; pass < PASSES; pass++) {
    boxLines(from, to, width, height, 1, width, radius);
    boxLines(to, from, height, width, width, 1, radius);
  }
  const out = new Uint8Array(plane.length);
  for (let i = 0; i < out.length; i++) out[i] = Math.min(255, (from[i]! + 128) >> 8);
  to = from;
  return out;
}

/** Running means along `lines` lines of `length` values, `step` apart, each line `jump` after the one before. */
function boxLines(
  from: Uint16Array,
  to: Uint16Array,
  length: number,
  lines: number,
  step: number,
  jump: number,
  radius: number,
): void {
  const scale = 1 / (2 * radius + 1);
  const last = length - 1;
  for (let line = 0; line < lines; line++) {
    const start = line * jump;
    let sum = from[start]! * (radius + 1);
    for (let i = 1; i <= radius; i++) sum += from[start + Math.min(i, last) * step]!;
    for (let i = 0; i < length; i++) {
      to[start + i * step] = sum * scale;
      sum +=
        from[start + Math.min(i + radius + 1, last) * step]! - from[start + Math.max(i - radius, 0) * step]!;
    }
  }
}
