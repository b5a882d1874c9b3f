import { call } from './bridge.js';

const waiting = new Map<number, { readonly run: () => void; readonly repeats: boolean }>();
let next = 1;

/** Puts `setTimeout` and its kin into the machine's globals; the editor's clock drives them. */
export function installTimers(): void {
  const start = (repeats: boolean) => (run: () => void, delay?: number) => {
    const id = next++;
    waiting.set(id, { run, repeats });
    call('startTimer', id, delay ?? 0, repeats);
    return id;
  };
  const stop = (id: number): void => {
    if (waiting.delete(id)) call('stopTimer', id);
  };
  Object.assign(globalThis, {
    setTimeout: start(false),
    setInterval: start(true),
    clearTimeout: stop,
    clearInterval: stop,
  });
}

/** A timer's moment has come. */
export function fireTimer(id: number): void {
  const timer = waiting.get(id);
  if (!timer) return;
  if (!timer.repeats) waiting.delete(id);
  timer.run();
}
