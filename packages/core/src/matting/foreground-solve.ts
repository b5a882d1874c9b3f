/** The unknowns of one level, or of one window of it: colours interleaved RGB 0–255, alpha 0–1, all row-major. */
export interface Field {
  readonly width: number;
  readonly height: number;
  readonly image: Float32Array;
  readonly alpha: Float32Array;
  readonly foreground: Float32Array;
  readonly background: Float32Array;
}

/** Keeps the 2×2 systems regular and spreads colour through flat areas. */
const REGULARIZATION = 1e-5;

/** A field whose arrays are large enough for `capacity` pixels. */
export function createField(capacity: number): Omit<Field, 'width' | 'height'> {
  return {
    image: new Float32Array(capacity * 3),
    alpha: new Float32Array(capacity),
    foreground: new Float32Array(capacity * 3),
    background: new Float32Array(capacity * 3),
  };
}

/**
 * Gauss–Seidel sweeps over a field, in place and in reading order: at each pixel the best foreground F and background
 * B for `image = alpha·F + (1 − alpha)·B`, pulled towards the four neighbours' F and B the more, the more alpha
 * changes. Colours stay within 0–255. Border pixels take themselves for the missing neighbours.
 *
 * Germer et al., "Fast Multi-Level Foreground Estimation", ICPR 2020, equations 6–10.
 */
export function solve(field: Field, iterations: number): void {
  const { width, height, alpha } = field;
  for (let iteration = 0; iteration < iterations; iteration++) {
    for (let y = 0, i = 0; y < height; y++) {
      const up = y > 0 ? width : 0;
      const down = y < height - 1 ? width : 0;
      for (let x = 0; x < width; x++, i++) {
        const l = x > 0 ? i - 1 : i;
        const r = x < width - 1 ? i + 1 : i;
        const [u, d] = [i - up, i + down];
        const a = alpha[i]!;
        if (alpha[l] !== a || alpha[r] !== a || alpha[u] !== a || alpha[d] !== a || (a !== 0 && a !== 1))
          solvePixel(field, i, l, r, u, d);
        else if (a === 1) settle(field.image, field.foreground, field.background, i, l, r, u, d);
        else settle(field.image, field.background, field.foreground, i, l, r, u, d);
      }
    }
  }
}

/**
 * The limit of {@link solvePixel} among pixels that are all subject, or all background: the one colour is the image's,
 * the other the mean of its neighbours. Exact but for the regularization's share of the colour, below 0.01 of 255.
 */
function settle(
  image: Float32Array,
  known: Float32Array,
  hidden: Float32Array,
  i: number,
  l: number,
  r: number,
  u: number,
  d: number,
): void {
  for (let c = 0; c < 3; c++) {
    known[i * 3 + c] = image[i * 3 + c]!;
    hidden[i * 3 + c] =
      (hidden[l * 3 + c]! + hidden[r * 3 + c]! + hidden[u * 3 + c]! + hidden[d * 3 + c]!) * 0.25;
  }
}

function solvePixel(field: Field, i: number, l: number, r: number, u: number, d: number): void {
  const { image, alpha, foreground, background } = field;
  const a = alpha[i]!;
  const b = 1 - a;
  const wl = REGULARIZATION + Math.abs(a - alpha[l]!);
  const wr = REGULARIZATION + Math.abs(a - alpha[r]!);
  const wu = REGULARIZATION + Math.abs(a - alpha[u]!);
  const wd = REGULARIZATION + Math.abs(a - alpha[d]!);
  const total = wl + wr + wu + wd;
  const a00 = a * a + total;
  const a11 = b * b + total;
  const a01 = a * b;
  const inverse = 1 / (a00 * a11 - a01 * a01);
  for (let c = 0; c < 3; c++) {
    const at = i * 3 + c;
    const [cl, cr, cu, cd] = [l * 3 + c, r * 3 + c, u * 3 + c, d * 3 + c];
    const colour = image[at]!;
    const f =
      a * colour + wl * foreground[cl]! + wr * foreground[cr]! + wu * foreground[cu]! + wd * foreground[cd]!;
    const g =
      b * colour + wl * background[cl]! + wr * background[cr]! + wu * background[cu]! + wd * background[cd]!;
    foreground[at] = Math.min(255, Math.max(0, (a11 * f - a01 * g) * inverse));
    background[at] = Math.min(255, Math.max(0, (a00 * g - a01 * f) * inverse));
  }
}
