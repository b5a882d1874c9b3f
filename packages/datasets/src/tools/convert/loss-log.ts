import { say } from '../../sentences/sentence.js';
import type { Loss } from '../loss.js';

/** Images that are named for each kind. */
const EXAMPLES = 5;

/** Collects what a conversion loses. */
export interface LossLog {
  add(kind: Loss['kind'], image: string): void;
  losses(): Loss[];
}

/** An empty log. */
export function createLossLog(): LossLog {
  const seen = new Map<Loss['kind'], { count: number; examples: Set<string> }>();
  return {
    add(kind, image) {
      const one = seen.get(kind) ?? { count: 0, examples: new Set() };
      seen.set(kind, one);
      one.count++;
      if (one.examples.size < EXAMPLES) one.examples.add(image);
    },
    losses: () =>
      [...seen].map(([kind, { count, examples }]) => ({
        kind,
        message: say(`loses-${kind}`),
        count,
        examples: [...examples],
      })),
  };
}
