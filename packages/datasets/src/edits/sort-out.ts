import type { Instance } from '../model/record.js';
import type { RecordChange } from './plan.js';

/** What becomes of the instances of an image. */
export interface SortedOut {
  /** Those that stay but change, before and after. */
  readonly kept: readonly (readonly [was: Instance, is: Instance])[];
  /** Those that go. */
  readonly gone: readonly Instance[];
  /** Those that come. */
  readonly fresh: readonly Instance[];
}

/** Which instances stay but change, go, and come. */
export function sortOut({ before, after }: RecordChange): SortedOut {
  const now = new Map(after.instances.map((one) => [one.key, one]));
  const old = new Set(before.instances.map(({ key }) => key));
  return {
    kept: before.instances.flatMap((was) => {
      const is = now.get(was.key);
      return is && is !== was ? [[was, is] as const] : [];
    }),
    gone: before.instances.filter(({ key }) => !now.has(key)),
    fresh: after.instances.filter(({ key }) => !old.has(key)),
  };
}
