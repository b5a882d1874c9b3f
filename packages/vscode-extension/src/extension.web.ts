/** The door for browsers: a web worker without Node, threads or local files. */
import type * as vscode from 'vscode';
import { activateWith } from './host/activate.js';

export function activate(context: vscode.ExtensionContext): void {
  activateWith(context, {});
}
