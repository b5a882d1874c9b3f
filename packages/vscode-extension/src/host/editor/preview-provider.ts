import type * as vscode from 'vscode';
import { AnnotationDocument } from '../document/annotation-document.js';
import { watchSource } from '../document/watch-source.js';
import type { Services } from '../services.js';
import { EditorPanel } from './editor-panel.js';
import type { Editors } from './editors.js';

/** Shows an image with its masks; changes nothing. */
export class PreviewProvider implements vscode.CustomReadonlyEditorProvider<AnnotationDocument> {
  static readonly viewType = 'cutkit.preview';
  readonly #services: Services;
  readonly #editors: Editors;

  constructor(services: Services, editors: Editors) {
    this.#services = services;
    this.#editors = editors;
  }

  openCustomDocument(uri: vscode.Uri): Promise<AnnotationDocument> {
    return AnnotationDocument.open(uri, this.#services);
  }

  resolveCustomEditor(document: AnnotationDocument, panel: vscode.WebviewPanel): void {
    this.#editors.add(
      new EditorPanel(document, panel, this.#services, { viewType: PreviewProvider.viewType }),
    );
    const watcher = watchSource(document, () => document.reload());
    panel.onDidDispose(() => watcher.dispose());
  }
}
