import type { DatasetClass, Fix } from '@cutkit/datasets';
import * as vscode from 'vscode';

/** The user's answer to what a fix asks, '' where it asks nothing; undefined when there was none. */
export async function askFor(
  fix: Fix,
  classes: readonly DatasetClass[],
  title: string,
): Promise<string | number | undefined> {
  if (fix.ask === 'name') {
    const taken = new Set(classes.map(({ name }) => name));
    const name = await vscode.window.showInputBox({
      title,
      prompt: vscode.l10n.t('Name of the class'),
      value: fix.suggestion,
      validateInput: (value) => {
        if (value.trim() === '') return vscode.l10n.t('A class needs a name.');
        return taken.has(value.trim()) ? vscode.l10n.t('There is a class of this name already.') : undefined;
      },
    });
    return name?.trim();
  }
  if (fix.ask === undefined) return '';
  const items = classes.map(({ name, id, index }) => ({
    label: name,
    ...(String(id) === name ? {} : { description: String(id) }),
    index,
  }));
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.index;
}
