import { AnnotationError, type Sentence, wordsOf } from '@cutkit/datasets';
import * as vscode from 'vscode';

/** A sentence of the datasets package in the language of the workbench. */
export function words(sentence: Sentence): string {
  return wordsOf(sentence, (english) => vscode.l10n.t(english));
}

/** What an error says with its cure, in the language of the workbench where it is about annotations. */
export function errorWords(error: unknown): string {
  const { hint = '' } = error as { readonly hint?: string };
  const message = error instanceof Error ? error.message : String(error);
  return `${error instanceof AnnotationError ? words(error.sentence) : message} ${hint}`.trim();
}
