import { CutkitError } from '@cutkit/core';
import { contentAfter, type FileChange } from '@cutkit/datasets';
import * as vscode from 'vscode';
import type { WorkspaceFiles } from './workspace-files.js';

/**
 * Carries out changes of files. Local ones change as a whole or not at all: the new content is written beside the old and put in
 * its place; what is to go goes last. Rejects with `DATASET_CHANGED`, before anything is written, when a file is not the one that a change was made for.
 */
export async function writeChanges(files: WorkspaceFiles, changes: readonly FileChange[]): Promise<void> {
  for (const change of changes) await refuseStale(files, change);
  const written: { from: vscode.Uri; to: vscode.Uri }[] = [];
  try {
    for (const change of changes) {
      if (change.type === 'delete') continue;
      const to = files.uri(change.path);
      // Elsewhere a renaming is a deletion first, which closes the editors of the file.
      const from = files.replaces ? to.with({ path: `${change.path}.cutkit-${Date.now()}.tmp` }) : to;
      if (files.replaces) written.push({ from, to });
      await files.write(from, contentAfter(files, change));
    }
    for (const { from, to } of written) await files.replace(from, to);
    for (const { type, path } of changes) if (type === 'delete') await toTrash(files.uri(path));
  } catch (error) {
    // A full disk: what was there stays, what was half written goes.
    await Promise.allSettled(written.map(({ from }) => vscode.workspace.fs.delete(from)));
    throw error;
  }
}

/** Where there is a trash, a file goes there. */
async function toTrash(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.delete(uri, { useTrash: true });
  } catch {
    await vscode.workspace.fs.delete(uri);
  }
}

async function refuseStale(files: WorkspaceFiles, { path, base }: FileChange): Promise<void> {
  const now = await files.stat(path);
  const same = base ? now?.size === base.size && now.modified === base.modified : now === undefined;
  if (same) return;
  throw new CutkitError(
    'DATASET_CHANGED',
    base ? `${path} was changed by another program.` : `${path} was made by another program.`,
    'Compare the two versions, then keep yours or load theirs.',
  );
}
