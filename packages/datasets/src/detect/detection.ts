import type { Format } from '../model/dataset.js';
import type { Sentence } from '../sentences/sentence.js';

/** A data set that was recognised, before it is opened. */
export interface Detection {
  readonly format: Format;
  /** What to give to `openDataset`: a file or folder. */
  readonly path: string;
  /** Why it is held for that. */
  readonly reason: Sentence;
}

/** What a search for an image's annotations gave. */
export interface SourceSearch {
  /** The likeliest first. */
  readonly found: readonly Detection[];
  /** What was looked at and why it was not taken: the answer to “why do I see no masks”. */
  readonly tried: readonly { readonly path: string; readonly why: Sentence }[];
}
