import type * as vscode from 'vscode';
import type { Editors } from '../editor/editors.js';
import { requireWritable } from '../files/why-read-only.js';
import { openWith } from './open-with.js';

/** Pictures that an editor is opened for at a time. */
const MOST_EDITORS = 10;

/** Opens editors in which suggestions for everything appear: nothing is an annotation until it is accepted. */
export async function segmentEverything(editors: Editors, pictures: readonly vscode.Uri[]): Promise<void> {
  for (const picture of pictures.slice(0, MOST_EDITORS)) {
    requireWritable(picture);
    await openWith(picture, 'cutkit.annotate');
    const editor = editors.find(picture, 'cutkit.annotate');
    await editor?.ready;
    editor?.run('suggestAll');
  }
}
