import PQueue from 'p-queue';
import * as vscode from 'vscode';
import { isPicture } from '../files/is-picture.js';

/** Changes come in bursts, as when a script writes one file an image. */
const SETTLE_MS = 700;
/** What takes long is not done all the time where files never rest: it waits for so many times as long as it took. */
const REST = 2;
const ANNOTATIONS = /\.(?:json|txt|xml|ya?ml)$/i;

/** Calls `onChange` after pictures or annotations in a folder changed: once for a burst, never twice at a time. */
export function watchFolder(root: vscode.Uri, onChange: () => Promise<void>): vscode.Disposable {
  const turns = new PQueue({ concurrency: 1 });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let settled = SETTLE_MS;
  const answer = async () => {
    const began = Date.now();
    await onChange();
    settled = Math.max(SETTLE_MS, REST * (Date.now() - began));
  };
  const settle = ({ path }: vscode.Uri) => {
    if (!isPicture(path) && !ANNOTATIONS.test(path)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      // One that waits will see this change too.
      if (turns.size === 0) void turns.add(answer);
    }, settled);
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
