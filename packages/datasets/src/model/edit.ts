import type { Instance } from './record.js';

/** What of an instance can be changed. Moving the shape moves the box, unless both are given. */
export type InstanceChange = Partial<
  Pick<Instance, 'classIndex' | 'shape' | 'box' | 'crowd' | 'score' | 'extra'>
>;

/** A new instance: its box is computed when absent. */
export type NewInstance = Pick<Instance, 'key' | 'classIndex' | 'shape'> & InstanceChange;

/** What a data set says of an image itself. */
export interface ImageChange {
  /** Where the image file is. */
  readonly path?: string;
  /** Pixels; both or neither. */
  readonly width?: number;
  readonly height?: number;
}

/**
 * One step of an edit log. Plain data: it can be kept as JSON for a backup. `image` is an index of
 * {@link Dataset.images}, `key` an {@link Instance.key}.
 */
export type Edit =
  | { readonly type: 'add'; readonly image: number; readonly instance: NewInstance }
  | { readonly type: 'remove'; readonly image: number; readonly key: string }
  | { readonly type: 'change'; readonly image: number; readonly key: string; readonly change: InstanceChange }
  /**
   * The class gets the next free index, `classes.length` and on, in the order of the log. `id` is what the files call it
   * already: COCO's category id, YOLO's number, a value of masks; a free one is taken when it is absent.
   */
  | {
      readonly type: 'addClass';
      readonly name: string;
      readonly colour?: readonly [number, number, number];
      readonly id?: number | string;
    }
  /** The image gets the next free index, `images.length` and on. `path` is that of the image file. */
  | { readonly type: 'addImage'; readonly path: string; readonly width: number; readonly height: number }
  /** What is said of the image; its annotations stay as they are. */
  | { readonly type: 'changeImage'; readonly image: number; readonly change: ImageChange }
  /** Everything in the image is scaled to a picture of this size, which the data set then states. */
  | { readonly type: 'scaleImage'; readonly image: number; readonly width: number; readonly height: number }
  /** The image goes out of the data set with all its annotations; the picture stays. */
  | { readonly type: 'removeImage'; readonly image: number }
  /** An annotation of an image that is not in the data set goes; `key` is that of its finding. */
  | { readonly type: 'removeOrphan'; readonly key: string }
  /** A free id instead of one that an earlier annotation, image or class has. */
  | { readonly type: 'renumber'; readonly image: number; readonly key: string }
  | { readonly type: 'renumberImage'; readonly image: number }
  | { readonly type: 'renumberClass'; readonly classIndex: number };
