import type { AutomaskOptions, Progress, Prompt } from '@cutkit/core';
import { proxy, transfer } from 'comlink';
import type {
  Answer,
  Edit,
  Finished,
  Found,
  Matte,
  OpenedPicture,
  Preview,
  Wanted,
} from '../engine/engine-api.js';
import { packed, packedFile } from './packed.js';
import { type Rung, type StartedEngine, startEngine } from './start-engine.js';

/** The engine as the window uses it: started when first needed, networks loaded when first needed, released when idle. */
export interface Engine {
  readonly rung: Rung | undefined;
  /** Starts to load a network that will be needed. What fails here fails again, and is told, where it is used. */
  prepare(network: 'cutout' | 'prompt'): void;
  open(key: string, bytes: Uint8Array): Promise<OpenedPicture>;
  openExisting(key: string, bytes: Uint8Array, coverage: 'luminance' | 'alpha'): Promise<void>;
  close(key: string): Promise<void>;
  matte(key: string, report?: (progress: Progress) => void): Promise<Matte>;
  predict(key: string, prompt: Prompt, multimask: boolean): Promise<Answer[]>;
  everything(
    key: string,
    options: Partial<AutomaskOptions>,
    report?: (progress: Progress) => void,
  ): Promise<Found[]>;
  preview(key: string, edit: Edit): Promise<Preview>;
  finish(key: string, edit: Edit, wanted: Wanted): Promise<Finished>;
  cancel(): void;
  /** Lets go of worker, networks and pictures. */
  release(): void;
}

/** Idle time after which the worker and its networks (some hundred MB) go; only when no picture is open. */
const IDLE_MS = 30_000;

/** An engine that is not started yet. */
export function createEngineClient(idleMs: number = IDLE_MS): Engine {
  let started: Promise<StartedEngine> | undefined;
  let rung: Rung | undefined;
  let cutout: Promise<void> | undefined;
  let prompt: Promise<void> | undefined;
  let busy = 0;
  let idle: ReturnType<typeof setTimeout> | undefined;
  const open = new Set<string>();

  const release = () => {
    void started?.then(({ stop }) => stop());
    started = undefined;
    cutout = undefined;
    prompt = undefined;
    open.clear();
  };
  const api = async () => {
    started ??= startEngine();
    const engine = await started;
    rung = engine.rung;
    return engine.api;
  };
  /** Runs work, and starts the idle clock when it was the last. */
  const use = async <T>(work: () => Promise<T>): Promise<T> => {
    busy++;
    clearTimeout(idle);
    try {
      return await work();
    } finally {
      busy--;
      if (busy === 0 && open.size === 0) idle = setTimeout(release, idleMs);
    }
  };
  const loadCutout = () => {
    cutout ??= (async () => {
      const parts = { runtime: await packed('runtime'), model: await packedFile('cutout') };
      await (await api()).loadCutout(parts);
    })();
    return cutout;
  };
  const loadPrompt = () => {
    prompt ??= (async () => {
      const runtime = await packed('runtime');
      const [encoder, decoder] = [await packedFile('encoder'), await packedFile('decoder')];
      await (await api()).loadPrompt({ runtime, encoder, decoder });
    })();
    return prompt;
  };
  const nothing = () => {};

  return {
    get rung() {
      return rung;
    },
    prepare: (network) => void use(network === 'cutout' ? loadCutout : loadPrompt).catch(nothing),
    open: (key, bytes) =>
      use(async () => {
        open.add(key);
        return (await api()).open(key, transfer(bytes, [bytes.buffer]));
      }),
    openExisting: (key, bytes, coverage) => use(async () => (await api()).openExisting(key, bytes, coverage)),
    close: (key) =>
      use(async () => {
        open.delete(key);
        if (started) await (await api()).close(key);
      }),
    matte: (key, report = nothing) =>
      use(async () => {
        await loadCutout();
        return (await api()).matte(key, proxy(report));
      }),
    predict: (key, asked, multimask) =>
      use(async () => {
        await loadPrompt();
        return (await api()).predict(key, asked, multimask);
      }),
    everything: (key, options, report = nothing) =>
      use(async () => {
        await loadPrompt();
        return (await api()).everything(key, options, proxy(report));
      }),
    preview: (key, edit) => use(async () => (await api()).preview(key, edit)),
    finish: (key, edit, wanted) => use(async () => (await api()).finish(key, edit, wanted)),
    cancel: () => void started?.then((engine) => engine.api.cancel()),
    release,
  };
}
