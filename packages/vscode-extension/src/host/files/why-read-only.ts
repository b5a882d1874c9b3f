import { CutkitError } from '@cutkit/core';
import type { Dataset } from '@cutkit/datasets';
import * as vscode from 'vscode';
import { words } from '../words.js';

/** Why nothing beside a file may be written, or nothing of its data set; undefined when it may. */
export function whyReadOnly({ scheme }: vscode.Uri, dataset?: Pick<Dataset, 'readOnly'>): string | undefined {
  if (!vscode.workspace.isTrusted) return vscode.l10n.t('Trust this workspace to edit its annotations.');
  if (vscode.workspace.fs.isWritableFileSystem(scheme) === false)
    return vscode.l10n.t('This file system is read-only.');
  return dataset?.readOnly && words(dataset.readOnly);
}

/** Throws `OUTPUT_UNWRITABLE` where a text editor has changes of a file that are not saved: they would meet these. */
export function requireSaved(uri: vscode.Uri): void {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (!open?.isDirty) return;
  const path = vscode.workspace.asRelativePath(uri);
  throw new CutkitError(
    'OUTPUT_UNWRITABLE',
    vscode.l10n.t('{0} has changes that are not saved.', path),
    vscode.l10n.t('Save or revert it first.'),
  );
}

/** Throws `OUTPUT_UNWRITABLE` where nothing beside a file may be written. */
export function requireWritable(uri: vscode.Uri): void {
  const why = whyReadOnly(uri);
  if (why) throw new CutkitError('OUTPUT_UNWRITABLE', vscode.l10n.t('Nothing can be written here.'), why);
}
