import type { Instance } from './record.js';

/** What of an instance can be changed. Moving the shape moves the box, unless both are given. */
export type InstanceChange = Partial<
  Pick<Instance, 'classIndex' | 'shape' | 'box' | 'crowd' | 'score' | 'extra'>
>;

/** A new instance: its box is computed when absent. */
export type NewInstance = Pick<Instance, 'key' | 'classIndex' | 'shape'> & InstanceChange;

/**
 * One step of an edit log. Plain data: it can be kept as JSON for a backup. `image` is an index of
 * {@link Dataset.images}, `key` an {@link Instance.key}.
 */
export type Edit =
  | { readonly type: 'add'; readonly image: number; readonly instance: NewInstance }
  | { readonly type: 'remove'; readonly image: number; readonly key: string }
  | { readonly type: 'change'; readonly image: number; readonly key: string; readonly change: InstanceChange }
  /** The class gets the next free index, `classes.length` and on, in the order of the log. */
  | { readonly type: 'addClass'; readonly name: string; readonly colour?: readonly [number, number, number] }
  /** The image gets the next free index, `images.length` and on. `path` is that of the image file. */
  | { readonly type: 'addImage'; readonly path: string; readonly width: number; readonly height: number };
