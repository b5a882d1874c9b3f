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

/** Something wrong, or likely wrong, in a data set. */
export interface Finding {
  readonly kind: FindingKind;
  readonly severity: 'error' | 'warning' | 'information';
  /** One sentence. */
  readonly message: string;
  /** Where in which file. Without a range, start and end are 0: the file as a whole. */
  readonly location: Location;
  /** Index of the image, and key of the instance, where it is about one. */
  readonly image?: number;
  readonly key?: string;
  /** What would mend it, ready for the edit log. */
  readonly fix?: { readonly title: string; readonly edits: readonly Edit[] };
}
