import type * as vscode from 'vscode';
import type { AnnotationDocument } from '../document/annotation-document.js';
import { watchSource } from '../document/watch-source.js';
import type { Services } from '../services.js';
import type { Editors } from './editors.js';

/** Shows an image with its masks; changes nothing. What reads annotations is loaded with the first image. */
export class PreviewProvider implements vscode.CustomReadonlyEditorProvider<AnnotationDocument> {
  static readonly viewType = 'cutkit.preview';
  readonly #services: Services;
  readonly #editors: Editors;

  constructor(services: Services, editors: Editors) {
    this.#services = services;
    this.#editors = editors;
  }

  async openCustomDocument(uri: vscode.Uri): Promise<AnnotationDocument> {
    const { AnnotationDocument } = await import('../parts.js');
    return AnnotationDocument.open(uri, this.#services);
  }

  async resolveCustomEditor(document: AnnotationDocument, panel: vscode.WebviewPanel): Promise<void> {
    const { EditorPanel } = await import('../parts.js');
    this.#editors.add(
      new EditorPanel(document, panel, this.#services, { viewType: PreviewProvider.viewType }),
    );
    const watcher = watchSource(document, () => document.reload());
    panel.onDidDispose(() => watcher.dispose());
  }
}
