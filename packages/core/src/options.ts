import type { Progress, WorkOptions } from './types.js';

/**
 * Options over their defaults. A key that is absent or `undefined` keeps the default, so callers may pass
 * through optional values of their own.
 */
export function resolve<T extends object>(
  defaults: Readonly<T>,
  options: { [K in keyof T]?: T[K] | undefined },
): T {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) };
}

/** Reports progress, then gives an abort its chance: throws `signal.reason` when the work was cancelled. */
export function step(work: WorkOptions, stage: string, done: number, total: number): void {
  work.signal?.throwIfAborted();
  const progress: Progress = { stage, done, total };
  work.onProgress?.(progress);
}
