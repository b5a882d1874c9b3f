import type { DecodedMasks } from './prompt-model.js';

/** Each prompt's candidate of the highest score, the first of equals. */
export function bestOf({ prompts, candidates, side, logits, scores }: DecodedMasks): DecodedMasks {
  const plane = side * side;
  const kept = new Float32Array(prompts * plane);
  const best = new Float32Array(prompts);
  for (let p = 0; p < prompts; p++) {
    let winner = p * candidates;
    for (let i = winner + 1; i < (p + 1) * candidates; i++) if (scores[i]! > scores[winner]!) winner = i;
    kept.set(logits.subarray(winner * plane, (winner + 1) * plane), p * plane);
    best[p] = scores[winner]!;
  }
  return { prompts, candidates: 1, side, logits: kept, scores: best };
}
