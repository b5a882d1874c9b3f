import PQueue from 'p-queue';
import * as vscode from 'vscode';
import { isPicture } from '../files/is-picture.js';

/** Changes come in bursts, as when a script writes one file an image. */
const SETTLE_MS = 700;
const ANNOTATIONS = /\.(?:json|txt|xml|ya?ml)$/i;

/** Calls `onChange` after pictures or annotations in a folder changed: once for a burst, never twice at a time. */
export function watchFolder(root: vscode.Uri, onChange: () => Promise<void>): vscode.Disposable {
  const turns = new PQueue({ concurrency: 1 });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const settle = ({ path }: vscode.Uri) => {
    if (!isPicture(path) && !ANNOTATIONS.test(path)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      // One that waits will see this change too.
      if (turns.size === 0) void turns.add(onChange);
    }, SETTLE_MS);
  };
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(root, '**'));
  watcher.onDidChange(settle);
  watcher.onDidCreate(settle);
  watcher.onDidDelete(settle);
  return vscode.Disposable.from(watcher, {
    dispose: () => {
      clearTimeout(timer);
      turns.clear();
    },
  });
}
