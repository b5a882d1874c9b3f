import * as vscode from 'vscode';
import { mendCommand } from './mend-command.js';
import type { Problems } from './problems.js';

/** Checks the annotations of a folder, or of all folders of the workspace, and says how it went. */
export async function lintCommand(problems: Problems, resource: vscode.Uri | undefined): Promise<void> {
  const roots = resource ? [resource] : (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Checking annotations'),
    cancellable: true,
  };
  const count = await vscode.window.withProgress(options, async (progress, token) => {
    let sum = 0;
    for (const root of roots) sum += await problems.check(root, progress, token);
    return sum;
  });
  if (count === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No problems were found in the annotations.'));
    return;
  }
  await vscode.commands.executeCommand('workbench.actions.view.problems');
  const mendable = problems.mendable.length;
  if (mendable === 0 || !vscode.workspace.isTrusted) return;
  const label = vscode.l10n.t('Mend…');
  const text =
    count === 1
      ? vscode.l10n.t('1 problem was found; {0} can be mended.', mendable)
      : vscode.l10n.t('{0} problems were found, {1} of which can be mended.', count, mendable);
  if ((await vscode.window.showInformationMessage(text, label)) === label) await mendCommand(problems);
}
