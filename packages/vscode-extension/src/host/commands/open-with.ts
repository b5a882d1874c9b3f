import * as vscode from 'vscode';

/** Opens a file in a custom editor. */
export async function openWith(uri: vscode.Uri, viewType: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', uri, viewType);
}
