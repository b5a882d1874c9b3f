import { type Remote, wrap } from 'comlink';
import type { EngineApi } from '../engine/engine-api.js';
import { unpack } from '../packing/unpack.js';
import { packed } from './packed.js';

/** Where the engine runs. */
export type Rung = 'blob worker' | 'data worker' | 'window';

/** An engine that answers. */
export interface StartedEngine {
  readonly api: Remote<EngineApi>;
  readonly rung: Rung;
  stop(): void;
}

/** A worker that says nothing for so long will not. Refusals come as errors at once; a busy machine may take seconds. */
const HANDSHAKE_MS = 6000;

/**
 * Starts the engine on the best rung that holds: a worker from a blob, from a data URL, else this window, whose page then waits
 * while a network runs. Which of them a host allows cannot be asked, only tried.
 */
export async function startEngine(): Promise<StartedEngine> {
  const code = new TextDecoder().decode(await unpack(await packed('engine')));
  const blob = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
  const rungs = [
    ['blob worker', () => new Worker(blob)],
    ['data worker', () => new Worker(`data:text/javascript;charset=utf-8,${encodeURIComponent(code)}`)],
  ] as const;
  for (const [rung, open] of rungs) {
    const worker = await answering(open);
    if (worker) return { api: wrap<EngineApi>(worker), rung, stop: () => worker.terminate() };
  }
  return inWindow(code);
}

/** The worker, once it has answered; undefined when it is refused, fails or stays silent. */
async function answering(open: () => Worker): Promise<Worker | undefined> {
  let worker: Worker;
  try {
    worker = open();
  } catch {
    return undefined;
  }
  const answer = wrap<EngineApi>(worker).ping();
  const silence = new Promise<undefined>((resolve) => {
    worker.addEventListener('error', () => resolve(undefined), { once: true });
    setTimeout(() => resolve(undefined), HANDSHAKE_MS);
  });
  if ((await Promise.race([answer, silence])) === 'pong') return worker;
  worker.terminate();
  return undefined;
}

function inWindow(code: string): StartedEngine {
  if (!globalThis.cutkitServe) {
    const script = document.createElement('script');
    script.textContent = code;
    document.head.append(script);
  }
  const { port1, port2 } = new MessageChannel();
  globalThis.cutkitServe?.(port1);
  return { api: wrap<EngineApi>(port2), rung: 'window', stop: () => port1.close() };
}
