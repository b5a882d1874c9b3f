import * as vscode from 'vscode';

/** Says that no mask passed the limits for suggestions, and offers what changes that. */
export async function nothingSuggested(): Promise<void> {
  const model = vscode.l10n.t('Choose Model…');
  const limits = vscode.l10n.t('Change Limits');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'No mask was good enough to be suggested. A larger model finds more; so do lower limits, with more mistakes.',
    ),
    model,
    limits,
  );
  if (answer === model) await vscode.commands.executeCommand('cutkit.chooseModel');
  if (answer === limits)
    await vscode.commands.executeCommand('workbench.action.openSettings', 'cutkit.suggest');
}
