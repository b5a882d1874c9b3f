import type { ByteRange } from '@cutkit/datasets';
import type * as vscode from 'vscode';
import type { NodeWorkerData } from '../engine/node-worker.js';
import type { Channel } from '../protocol/rpc.js';

/** What only one kind of extension host has. The rest of the extension asks here and works without. */
export interface Platform {
  /** Reads a part of a local file; absent where all of it must be read. */
  readRange?(uri: vscode.Uri, range: ByteRange): Promise<Uint8Array>;
  /** Writes a local file part by part. */
  writeParts?(uri: vscode.Uri, parts: AsyncIterable<Uint8Array>): Promise<void>;
  /** Puts a local file in the place of another, whose rights it takes; links stay links. */
  replaceFile?(from: vscode.Uri, to: vscode.Uri): Promise<void>;
  /** Starts the thread that runs networks; absent where there are no threads. */
  startEngine?(script: vscode.Uri, data: NodeWorkerData): EngineThread;
  /** Fetches a model into a folder, verified; absent where nothing can be kept. */
  pullModel?(
    id: string,
    folder: vscode.Uri,
    options: {
      baseUrl: string | undefined;
      signal: AbortSignal;
      onProgress: (done: number, total: number) => void;
    },
  ): Promise<void>;
  /** Models of a folder that need no download, by id. */
  localModels?(folder: vscode.Uri): Promise<readonly string[]>;
}

/** A running thread. */
export interface EngineThread {
  readonly channel: Channel;
  /** Calls `listener` once, when the thread has ended or failed. */
  onEnd(listener: (error: Error | undefined) => void): void;
  stop(): Promise<void>;
}
