/** The door for desktop and remote hosts: Node. */
import { chmod, copyFile, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type * as vscode from 'vscode';
import { activateWith } from './host/activate.js';
import type { Platform } from './host/platform.js';

const node: Platform = {
  async readRange({ fsPath }, { start, end }) {
    const file = await open(fsPath);
    try {
      const bytes = new Uint8Array(end - start);
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return bytes.subarray(0, filled);
    } finally {
      await file.close();
    }
  },
  async writeParts({ fsPath }, parts) {
    const file = await open(fsPath, 'w');
    try {
      for await (const part of parts) await file.writeFile(part);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  async replaceFile({ fsPath: from }, { fsPath }) {
    const to = await realpath(fsPath).catch(() => fsPath);
    const old = await stat(to).catch(() => undefined);
    if (old) await chmod(from, old.mode);
    try {
      await rename(from, to);
    } catch (error) {
      // A link into another file system, or another program that holds the file open on Windows.
      if (!old || (error as NodeJS.ErrnoException).code === 'ENOENT') throw error;
      await copyFile(from, to);
      await rm(from);
    }
  },
  startEngine({ fsPath }, data) {
    const worker = new Worker(fsPath, { workerData: data });
    return {
      channel: {
        post: (message) => worker.postMessage(message),
        on: (receive) => void worker.on('message', receive),
      },
      onEnd(listener) {
        worker.once('error', listener);
        worker.once('exit', () => listener(undefined));
      },
      stop: async () => void (await worker.terminate()),
    };
  },
  async pullModel(id, { fsPath }, options) {
    const { pullModel } = await nodeModels();
    await pullModel(id, fsPath, options);
  },
  async localModels({ fsPath }) {
    const { localModels } = await nodeModels();
    return localModels(fsPath);
  },
};

/** A bundle of its own, loaded when it is asked for: the download code is of no use to most sessions. */
function nodeModels(): Promise<typeof import('./host/inference/node-models.js')> {
  return import(pathToFileURL(join(__dirname, 'node-models.mjs')).href);
}

export function activate(context: vscode.ExtensionContext): void {
  activateWith(context, node);
}
