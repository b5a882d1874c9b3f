/** Requests that may be under way at once: more stall the workbench, which serves all webviews. */
const AT_ONCE = 8;

interface Waiting {
  readonly key: number;
  readonly start: () => Promise<void>;
}

/** Runs work for what is on the screen: a few at a time, the newest first, nothing for what was scrolled away. */
export class RequestQueue {
  #waiting: Waiting[] = [];
  readonly #running = new Set<number>();
  #limit = AT_ONCE;

  /** How many are under way. */
  get running(): number {
    return this.#running.size;
  }

  /** Begins fewer at once from now on, or again as many as may be. */
  restrict(most = AT_ONCE): void {
    this.#limit = Math.min(AT_ONCE, most);
    this.#next();
  }

  /** Asks for work under a key; a key that waits or runs already is not asked for again. */
  add(key: number, start: () => Promise<void>): void {
    if (this.#running.has(key) || this.#waiting.some((one) => one.key === key)) return;
    this.#waiting.push({ key, start });
    this.#next();
  }

  /** Forgets what waits under keys that are not wanted any more. */
  keep(wanted: (key: number) => boolean): void {
    this.#waiting = this.#waiting.filter(({ key }) => wanted(key));
  }

  #next(): void {
    while (this.#running.size < this.#limit) {
      const one = this.#waiting.pop();
      if (!one) return;
      this.#running.add(one.key);
      void one.start().finally(() => {
        this.#running.delete(one.key);
        this.#next();
      });
    }
  }
}
