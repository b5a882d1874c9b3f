import type { CocoRle } from '@cutkit/core';
import type { EngineAnswer, EnginePrompt, SuggestOptions } from './engine.js';

/** What was found of a picture's subject. */
interface Subject {
  readonly mask: CocoRle;
  readonly verdict: 'found' | 'uncertain' | 'empty';
}

/** A picture with its background removed. */
interface Cutout {
  readonly png: Uint8Array;
  readonly verdict: Subject['verdict'];
}

/** What the pixel worker of a webview offers to its page: everything that touches all pixels of a picture. */
export interface PixelWorker {
  /** Takes the bytes of a picture file; they are decoded when first needed. `key` names it to the engine. */
  open(key: string, file: Blob): Promise<void>;
  /** Reads the picture and embeds it, so that the first click is quick. */
  prepare(): Promise<void>;
  predict(prompt: EnginePrompt): Promise<EngineAnswer[]>;
  suggest(options: SuggestOptions, job: number): Promise<EngineAnswer[]>;
  cancel(job: number): Promise<void>;
  subject(): Promise<Subject>;
  cutout(): Promise<Cutout>;
}

/** What the page offers to its pixel worker, which cannot load anything itself. */
export interface PixelPage {
  /** Bytes of a file of the extension: the runtime, or `<model>/<file>` of an embedded model. */
  asset(path: string): Promise<Uint8Array>;
  progress(job: number, done: number, total: number): void;
}
