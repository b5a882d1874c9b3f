import * as vscode from 'vscode';
import type { Engine, EngineListener } from '../../protocol/engine.js';
import { connect, type Remote } from '../../protocol/rpc.js';
import type { EngineThread, Platform } from '../platform.js';

/** A thread that no one asked for so long is stopped; its models take a hundred megabytes and more. */
const IDLE_MS = 10 * 60_000;

/**
 * The one owner of networks in the extension host: a thread, started at the first question, shared by all editors, stopped
 * when it is idle or when the settings name other models.
 */
export class EngineOwner implements vscode.Disposable {
  readonly #platform: Platform;
  readonly #extensionUri: vscode.Uri;
  readonly #modelsUri: vscode.Uri;
  readonly #listeners = new Map<number, { listener: EngineListener; job: number }>();
  readonly #settings: vscode.Disposable;
  #thread: EngineThread | undefined;
  #engine: Remote<Engine> | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #jobs = 0;

  constructor(platform: Platform, extensionUri: vscode.Uri, modelsUri: vscode.Uri) {
    this.#platform = platform;
    this.#extensionUri = extensionUri;
    this.#modelsUri = modelsUri;
    this.#settings = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('cutkit.model') || event.affectsConfiguration('cutkit.inference'))
        this.stop();
    });
  }

  /** Where networks run for an editor that opens now. */
  get backend(): 'host' | 'webview' {
    const wanted = vscode.workspace.getConfiguration('cutkit').get<string>('inference.backend', 'auto');
    return this.#platform.startEngine && wanted !== 'webview' ? 'host' : 'webview';
  }

  /** The engine for one webview: its jobs get numbers that no other has. */
  engineFor(listener: EngineListener): Engine {
    const numbers = new Map<number, number>();
    const call = <Name extends keyof Engine>(name: Name, ...given: Parameters<Engine[Name]>) => {
      this.#stayAwake();
      return this.#start().$call(name, ...given) as ReturnType<Engine[Name]>;
    };
    return {
      openPrompt: () => call('openPrompt'),
      knows: (key) => call('knows', key),
      embed: (picture) => call('embed', picture),
      predict: (key, prompt) => call('predict', key, prompt),
      suggest: async (key, options, job) => {
        const number = ++this.#jobs;
        numbers.set(job, number);
        this.#listeners.set(number, { listener, job });
        try {
          return await call('suggest', key, options, number);
        } finally {
          numbers.delete(job);
          this.#listeners.delete(number);
        }
      },
      cancel: (job) => {
        const number = numbers.get(job);
        if (number !== undefined) void this.#engine?.cancel(number);
      },
      openMatting: () => call('openMatting'),
      runMatting: (feeds) => call('runMatting', feeds),
    };
  }

  /** Ends the thread; the next question starts a new one. */
  stop(): void {
    clearTimeout(this.#idle);
    this.#engine?.$close(new Error(vscode.l10n.t('The network was stopped.')));
    void this.#thread?.stop();
    this.#engine = undefined;
    this.#thread = undefined;
  }

  dispose(): void {
    this.#settings.dispose();
    this.stop();
  }

  #start(): Remote<Engine> {
    if (this.#engine) return this.#engine;
    if (!this.#platform.startEngine) throw new Error('this host has no threads');
    const configuration = vscode.workspace.getConfiguration('cutkit');
    const thread = this.#platform.startEngine(
      vscode.Uri.joinPath(this.#extensionUri, 'dist', 'node-worker.mjs'),
      {
        promptModel: configuration.get('model.segment', 'sam-tiny'),
        mattingModel: configuration.get('model.background', 'unet-cutout'),
        modelsDir: this.#modelsUri.fsPath,
        threads: configuration.get('inference.threads', 0),
      },
    );
    const progress: EngineListener['progress'] = (number, done, total) => {
      const asked = this.#listeners.get(number);
      asked?.listener.progress(asked.job, done, total);
    };
    const engine = connect<Engine>({ progress } satisfies EngineListener, thread.channel);
    thread.onEnd((error) => {
      if (this.#engine !== engine) return;
      engine.$close(error ?? new Error(vscode.l10n.t('The network stopped by itself.')));
      this.#engine = undefined;
      this.#thread = undefined;
    });
    this.#thread = thread;
    this.#engine = engine;
    return engine;
  }

  #stayAwake(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.stop(), IDLE_MS);
  }
}
