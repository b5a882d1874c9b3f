import { CutkitError } from '../../errors.js';
import type { FramePrompt } from '../prompt-model.js';

/** What a family's files have no inputs for. */
export interface Unanswerable {
  readonly boxes?: boolean;
  readonly masks?: boolean;
  /** Clicks on background. */
  readonly background?: boolean;
}

/** Throws `BAD_OPTION` for a prompt that a family cannot answer. */
export function refusePrompts(
  prompts: readonly FramePrompt[],
  { boxes, masks, background }: Unanswerable,
): void {
  for (const { labels, mask } of prompts) {
    if (boxes && labels.includes(2)) refuse('boxes');
    if (masks && mask) refuse('masks');
    if (background && labels.includes(0)) refuse('clicks on background');
  }
}

function refuse(what: string): never {
  throw new CutkitError(
    'BAD_OPTION',
    `This model takes no ${what}: its files have no inputs for them.`,
    'Prompt otherwise, or use a model that takes them, such as sam-tiny.',
  );
}
