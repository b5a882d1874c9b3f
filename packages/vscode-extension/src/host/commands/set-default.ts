import * as vscode from 'vscode';

const PATTERNS = ['png', 'jpg', 'jpeg', 'webp', 'avif'];

/** Makes the preview the editor of pictures, in the user's own settings, which the workbench's “Reopen With” undoes. */
export async function setDefault(): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('workbench');
  const before = configuration.get<Record<string, string>>('editorAssociations', {});
  const ours = Object.fromEntries(PATTERNS.map((extension) => [`*.${extension}`, 'cutkit.preview']));
  await configuration.update('editorAssociations', { ...before, ...ours }, vscode.ConfigurationTarget.Global);
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Pictures open in the Cutkit preview from now on.'),
  );
}
