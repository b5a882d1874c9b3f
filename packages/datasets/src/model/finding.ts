import type { Sentence } from '../sentences/sentence.js';
import type { Edit } from './edit.js';
import type { Location } from './record.js';

/** Every kind of finding; docs/datasets.md explains each. */
export const FINDING_KINDS = [
  'out-of-bounds',
  'empty',
  'invalid-mask',
  'duplicate-id',
  'missing-image',
  'unknown-image',
  'unknown-class',
  'size-mismatch',
  'box-mismatch',
  'unreadable-file',
  'unused-class',
] as const;

/** One of {@link FINDING_KINDS}. */
export type FindingKind = (typeof FINDING_KINDS)[number];

/** What would mend a finding, ready for the edit log once the user has answered what it asks. */
export type Fix =
  | { readonly title: Sentence; readonly ask?: undefined; readonly edits: readonly Edit[] }
  /** Asks for the name of a new class. */
  | {
      readonly title: Sentence;
      readonly ask: 'name';
      readonly suggestion: string;
      edits(name: string): readonly Edit[];
    }
  /** Asks for one of the data set's classes. */
  | { readonly title: Sentence; readonly ask: 'class'; edits(classIndex: number): readonly Edit[] };

/** Something wrong, or likely wrong, in a data set. */
export interface Finding {
  readonly kind: FindingKind;
  readonly severity: 'error' | 'warning' | 'information';
  /** What is wrong, in words by `wordsOf`. */
  readonly message: Sentence;
  /** Where in which file. Without a range, start and end are 0: the file as a whole. */
  readonly location: Location;
  /** Index of the image, and key of the instance, where it is about one. */
  readonly image?: number;
  readonly key?: string;
  /** What would mend it, the likeliest first; empty where only a person can, or the format is only read. */
  readonly fixes: readonly Fix[];
}
