import { type LogitPlan, planLogits } from '../../src/index.js';

/** Repeatable logits of `side × side`: a wave of some steepness with noise from −`noise` to `noise`. */
export function waveLogits(side: number, steepness: number, seed: number, noise: number): Float32Array {
  return Float32Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    const random = ((i * 7919 + seed * 104_729) % 1000) / 500 - 1;
    return steepness * (Math.sin(x / 7 + seed) + Math.cos(y / 5 - seed)) + noise * random;
  });
}

/** The plan for a picture whose long side fills a frame, from planes of `side`. */
export function planFor(width: number, height: number, side: number, frame: number): LogitPlan {
  const scale = frame / Math.max(width, height);
  const content = { width: Math.round(width * scale), height: Math.max(1, Math.round(height * scale)) };
  return planLogits({ side, frame, content, width, height });
}
