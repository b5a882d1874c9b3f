import { AnnotationError, type Sentence, wordsOf } from '@cutkit/datasets';
import * as vscode from 'vscode';

/** A sentence of the datasets package in the language of the workbench, with paths as the workbench shows them. */
export function words({ code, args }: Sentence): string {
  const { path } = args;
  const shown = typeof path === 'string' ? { ...args, path: vscode.workspace.asRelativePath(path) } : args;
  return wordsOf({ code, args: shown }, (english) => vscode.l10n.t(english));
}

/** What an error says with its cure, in the language of the workbench where it is about annotations. */
export function errorWords(error: unknown): string {
  const { hint = '' } = error as { readonly hint?: string };
  const message = error instanceof Error ? error.message : String(error);
  return `${error instanceof AnnotationError ? words(error.sentence) : message} ${hint}`.trim();
}
