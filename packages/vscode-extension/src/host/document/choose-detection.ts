import type { Detection } from '@cutkit/datasets';
import * as vscode from 'vscode';
import type { WorkspaceFiles } from '../files/workspace-files.js';
import { words } from '../words.js';
import { formatName } from './annotation-source.js';

/** The one of several data sets that the user means; undefined where there is none, or none was chosen. */
export async function chooseDetection(
  files: WorkspaceFiles,
  found: readonly Detection[],
): Promise<Detection | undefined> {
  if (found.length < 2) return found[0];
  const items = found.map((detection) => ({
    label: formatName(detection.format),
    description: vscode.workspace.asRelativePath(files.uri(detection.path)),
    detail: words(detection.reason),
    detection,
  }));
  const title = vscode.l10n.t('Which annotations?');
  return (await vscode.window.showQuickPick(items, { title }))?.detection;
}
