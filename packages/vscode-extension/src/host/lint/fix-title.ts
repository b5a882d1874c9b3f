import type { Fix } from '@cutkit/datasets';
import * as vscode from 'vscode';
import type { WorkspaceFiles } from '../files/workspace-files.js';
import { words } from '../words.js';

/** What a fix is called in a menu: paths are those of the workspace. */
export function fixTitle(files: WorkspaceFiles, { title }: Fix): string {
  const { path } = title.args;
  if (typeof path !== 'string') return words(title);
  return words({ ...title, args: { ...title.args, path: vscode.workspace.asRelativePath(files.uri(path)) } });
}
