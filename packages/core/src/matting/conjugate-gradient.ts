import { AFTER, type BandLaplacian } from './band-laplacian.js';

/** A positive definite system: a Laplacian, with something added to its diagonal. */
export interface LinearSystem extends BandLaplacian {
  readonly right: Float64Array;
}

/** Far more steps than any picture has needed. */
const MOST_STEPS = 10_000;

/**
 * Solves `A x = right` by conjugate gradients with the diagonal as preconditioner, until the residual is `tolerance` times the
 * right side. `x` holds the first guess and then the solution. The number of steps is returned.
 */
export function conjugateGradient(system: LinearSystem, x: Float64Array, tolerance: number): number {
  const { count, diagonal, right } = system;
  // One element more, always 0, stands for neighbours that are not there.
  const direction = new Float64Array(count + 1);
  const product = new Float64Array(count + 1);
  const residual = new Float64Array(count);
  direction.set(x);
  multiply(system, direction, product);
  for (let i = 0; i < count; i++) residual[i] = right[i]! - product[i]!;
  const enough = tolerance ** 2 * dot(right, right, count);
  let rho = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    if (dot(residual, residual, count) <= enough) return step;
    const before = rho;
    rho = 0;
    for (let i = 0; i < count; i++) rho += residual[i]! ** 2 / diagonal[i]!;
    const keep = step === 0 ? 0 : rho / before;
    for (let i = 0; i < count; i++) direction[i] = residual[i]! / diagonal[i]! + keep * direction[i]!;
    multiply(system, direction, product);
    const length = rho / dot(direction, product, count);
    for (let i = 0; i < count; i++) {
      x[i]! += length * direction[i]!;
      residual[i]! -= length * product[i]!;
    }
  }
  return MOST_STEPS;
}

function multiply(
  { count, diagonal, neighbours, weights }: BandLaplacian,
  x: Float64Array,
  out: Float64Array,
): void {
  for (let i = 0; i < count; i++) out[i] = diagonal[i]! * x[i]!;
  for (let i = 0, at = 0; i < count; i++) {
    const own = x[i]!;
    let sum = 0;
    for (let k = 0; k < AFTER; k++, at++) {
      const j = neighbours[at]!;
      const weight = weights[at]!;
      sum += weight * x[j]!;
      out[j]! += weight * own;
    }
    out[i]! += sum;
  }
}

function dot(a: Float64Array, b: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += a[i]! * b[i]!;
  return sum;
}
