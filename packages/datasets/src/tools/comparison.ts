import type { Instance } from '../model/record.js';

/** How two annotations of an image are compared. */
export interface CompareOptions {
  /** Pairs below this IoU do not count. 0.5 by default. */
  readonly iouThreshold?: number;
  /** Whether only instances of the same class, by name, may pair. True by default. */
  readonly sameClass?: boolean;
}

/** Two instances that are held to be the same thing. */
export interface InstanceMatch {
  readonly truth: Instance;
  readonly prediction: Instance;
  /** Intersection over union of their pixels, 0–1; of their boxes where either has no more. */
  readonly iou: number;
}

/** How the annotations of one image agree. */
export interface ImageComparison {
  /** True positives. */
  readonly matches: readonly InstanceMatch[];
  /** False positives: predictions without a partner. */
  readonly extra: readonly Instance[];
  /** False negatives: truths without a partner. */
  readonly missed: readonly Instance[];
  /** Predictions inside of a crowd, which count for nothing, as in COCO's evaluation. */
  readonly ignored: readonly Instance[];
}

/** How two data sets agree. */
export interface DatasetComparison {
  readonly images: readonly { readonly name: string; readonly comparison: ImageComparison }[];
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  /** Of the predictions, the share that is right, and of the truths, the share that was found; 1 without any. */
  readonly precision: number;
  readonly recall: number;
  /** Over the matches; 0 without any. */
  readonly meanIou: number;
}
