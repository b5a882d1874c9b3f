import type { Sentence } from '../sentences/sentence.js';
/** Something that a conversion cannot keep. */
export interface Loss {
  readonly kind:
    | 'overlap'
    | 'crowd'
    | 'box-only'
    | 'no-area'
    | 'fields'
    | 'score'
    | 'id'
    | 'outline'
    | 'class'
    | 'instances'
    | 'unreadable'
    | 'picture';
  /** What happens to them. */
  readonly message: Sentence;
  /** How many instances it touches; images for `unreadable` and `picture`. */
  readonly count: number;
  /** Names of the first few images that it touches. */
  readonly examples: readonly string[];
}
