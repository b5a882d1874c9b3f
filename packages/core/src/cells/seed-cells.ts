import { labelRegions, type Regions } from '../mask/regions.js';
import type { CellMaps } from './predict-cells.js';

/** Probability of interior from which a pixel may be a seed; it must also be above that of border. */
const SEED = 0.5;
/** Probability of interior and no border from which a pixel is a core, and pixels of the smallest core. */
const CORE = 0.7;
const SMALLEST_CORE = 20;

/**
 * What cells grow from, as a number a pixel: the 8-connected regions of interior. One that holds several cores, as where
 * cells touch, falls apart into these.
 */
export function seedCells({ interior, border }: CellMaps, width: number, height: number): Regions {
  const [seed, core] = [new Uint8Array(interior.length), new Uint8Array(interior.length)];
  for (let i = 0; i < interior.length; i++) {
    const [inside, edge] = [interior[i]!, border[i]!];
    if (inside >= SEED && inside > edge) seed[i] = 1;
    // Rounded as float32, as the workshop computes it.
    if (Math.fround(inside * Math.fround(1 - edge)) >= Math.fround(CORE)) core[i] = 1;
  }
  const whole = labelRegions(seed, width, height, 1);
  const cores = labelRegions(core, width, height, 1);
  const held = coresOf(whole, cores);
  for (let i = 0; i < seed.length; i++) {
    const isCore = cores.areas[cores.labels[i]!]! >= SMALLEST_CORE;
    if (held[whole.labels[i]!]! > 1 && !isCore) seed[i] = 0;
  }
  return labelRegions(seed, width, height, 1);
}

/** How many cores that are large enough each region holds. A core lies in one region: it is a stricter interior. */
function coresOf(whole: Regions, cores: Regions): Int32Array {
  const held = new Int32Array(whole.areas.length);
  const seen = new Uint8Array(cores.areas.length);
  for (let i = 0; i < cores.labels.length; i++) {
    const core = cores.labels[i]!;
    if (core === 0 || seen[core] === 1 || cores.areas[core]! < SMALLEST_CORE) continue;
    seen[core] = 1;
    held[whole.labels[i]!]!++;
  }
  return held;
}
