type Listener = (payload: unknown, extra?: unknown) => unknown;

/** Listeners by event. An error in one is told to the console and stops no other. */
export interface Emitter {
  on(event: string, listener: Listener): void;
  once(event: string, listener: Listener): void;
  off(event: string, listener: Listener): void;
  emit(event: string, payload: unknown, extra?: unknown): void;
}

/** An emitter without listeners. */
export function createEmitter(): Emitter {
  const listeners = new Map<string, Set<Listener>>();
  const emitter: Emitter = {
    on(event, listener) {
      const known = listeners.get(event) ?? new Set();
      listeners.set(event, known.add(listener));
    },
    once(event, listener) {
      const first: Listener = (payload, extra) => {
        emitter.off(event, first);
        return listener(payload, extra);
      };
      emitter.on(event, first);
    },
    off: (event, listener) => void listeners.get(event)?.delete(listener),
    emit(event, payload, extra) {
      for (const listener of [...(listeners.get(event) ?? [])]) {
        try {
          const result = listener(payload, extra);
          if (result instanceof Promise) result.catch(report);
        } catch (error) {
          report(error);
        }
      }
    },
  };
  return emitter;
}

function report(error: unknown): void {
  console.error(error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : error);
}
