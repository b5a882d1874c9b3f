import type { Loss } from '../loss.js';

const MESSAGES: Readonly<Record<Loss['kind'], string>> = {
  overlap: 'Where instances overlap, a pixel goes to the smaller one only.',
  crowd: 'Crowds become ordinary instances.',
  'box-only': 'Boxes without a shape are left out.',
  'no-area': 'Points, lines and broken annotations are left out.',
  fields: 'Fields that the format does not know are left out.',
  score: 'Confidences are left out.',
  id: 'Annotations get new ids.',
  outline: 'Outlines are simplified within the tolerance.',
  class: 'Annotations whose class is not named are left out.',
  instances: 'Instances of one class in one image become one region.',
};
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
        message: MESSAGES[kind],
        count,
        examples: [...examples],
      })),
  };
}
