import * as vscode from 'vscode';
import type { AnnotationDocument } from './annotation-document.js';

/** Changes come in bursts: a save of another program writes, renames and touches. */
const SETTLE_MS = 300;

/** Calls `onChange` when the annotation files of a document are no longer those that it read or wrote itself. */
export function watchSource(document: AnnotationDocument, onChange: () => Promise<void>): vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const settle = () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (!(await document.isCurrent().catch(() => false))) await onChange();
    }, SETTLE_MS);
  };
  const watchers = filesToWatch(document).map((file) => {
    const folder = vscode.Uri.joinPath(file, '..');
    const name = file.path.slice(file.path.lastIndexOf('/') + 1);
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, name));
    watcher.onDidChange(settle);
    watcher.onDidCreate(settle);
    watcher.onDidDelete(settle);
    return watcher;
  });
  return vscode.Disposable.from(...watchers, { dispose: () => clearTimeout(timer) });
}

/** The files that the annotations are in; where there are none, those that would be beside the image. */
function filesToWatch({ source, files, uri }: AnnotationDocument): vscode.Uri[] {
  if (source) return source.record.files.map((path) => files.uri(path));
  const stem = uri.path.replace(/\.[^./]+$/, '');
  return ['json', 'txt', 'xml'].map((extension) => uri.with({ path: `${stem}.${extension}` }));
}
