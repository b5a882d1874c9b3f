import { CutkitError } from '@cutkit/core';
import * as vscode from 'vscode';

/** Why nothing beside a file may be written; undefined when it may. */
export function whyReadOnly({ scheme }: vscode.Uri): string | undefined {
  if (!vscode.workspace.isTrusted) return vscode.l10n.t('Trust this workspace to edit its annotations.');
  if (vscode.workspace.fs.isWritableFileSystem(scheme) !== false) return undefined;
  return vscode.l10n.t('This file system is read-only.');
}

/** Throws `OUTPUT_UNWRITABLE` where nothing beside a file may be written. */
export function requireWritable(uri: vscode.Uri): void {
  const why = whyReadOnly(uri);
  if (why) throw new CutkitError('OUTPUT_UNWRITABLE', vscode.l10n.t('Nothing can be written here.'), why);
}
