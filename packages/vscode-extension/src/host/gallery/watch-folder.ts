import PQueue from 'p-queue';
import * as vscode from 'vscode';
import { isPicture } from '../files/is-picture.js';

/** Changes come in bursts, as when a script writes one file an image: that many milliseconds of one are answered at once. */
const BURST_MS = 700;
/** What takes long is not done all the time where files never rest: it waits for so many times as long as it took. */
const REST = 2;
const ANNOTATIONS = /\.(?:json|txt|xml|ya?ml)$/i;

/** Calls `onChange` soon after pictures or annotations in a folder changed, never twice at a time. */
export function watchFolder(root: vscode.Uri, onChange: () => Promise<void>): vscode.Disposable {
  const turns = new PQueue({ concurrency: 1 });
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The time from which on there may be another answer. */
  let rested = 0;
  const answer = async () => {
    const began = Date.now();
    await onChange();
    const ended = Date.now();
    rested = ended + REST * (ended - began);
  };
  const note = ({ path }: vscode.Uri) => {
    if (!isPicture(path) && !ANNOTATIONS.test(path)) return;
    // Not begun anew by each change: files that never rest would never be read.
    timer ??= setTimeout(
      () => {
        timer = undefined;
        // One that waits will see this change too.
        if (turns.size === 0) void turns.add(answer);
      },
      Math.max(BURST_MS, rested - Date.now()),
    );
  };
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(root, '**'));
  watcher.onDidChange(note);
  watcher.onDidCreate(note);
  watcher.onDidDelete(note);
  return vscode.Disposable.from(watcher, {
    dispose: () => {
      clearTimeout(timer);
      turns.clear();
    },
  });
}
