/** Values that arrive one by one, read with `for await`. */
export interface Channel<T> extends AsyncIterable<T> {
  push(value: T): void;
  /** No more values come; with an error, reading ends by throwing it. */
  close(error?: unknown): void;
}

/** An open channel; what arrives before it is read waits. */
export function createChannel<T>(): Channel<T> {
  const waiting: T[] = [];
  let end: { readonly error?: unknown } | undefined;
  let wake = () => {};
  return {
    push(value) {
      waiting.push(value);
      wake();
    },
    close(error) {
      end = error === undefined ? {} : { error };
      wake();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        while (waiting.length > 0) yield waiting.shift()!;
        if (end) {
          if ('error' in end) throw end.error;
          return;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
