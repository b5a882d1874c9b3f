/** Carries out work in the order in which it was asked for, each after the one before has ended, well or not. */
export type OneAtATime = <T>(work: () => Promise<T>) => Promise<T>;

/** A queue of its own. */
export function oneAtATime(): OneAtATime {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
