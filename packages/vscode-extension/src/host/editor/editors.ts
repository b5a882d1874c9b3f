import type * as vscode from 'vscode';
import type { EditorPanel } from './editor-panel.js';

/** The open editors, for commands that act on the one in front. */
export class Editors {
  readonly #panels = new Set<EditorPanel>();

  add(panel: EditorPanel): void {
    this.#panels.add(panel);
    panel.panel.onDidDispose(() => this.#panels.delete(panel));
  }

  /** The editor of a kind that shows an image, if one does; it need not be in front yet. */
  find(uri: vscode.Uri, viewType: string): EditorPanel | undefined {
    return [...this.#panels].find(
      ({ panel, document }) => panel.viewType === viewType && document.uri.toString() === uri.toString(),
    );
  }

  /** All editors of a document. */
  of(document: EditorPanel['document']): EditorPanel[] {
    return [...this.#panels].filter((panel) => panel.document === document);
  }

  get active(): EditorPanel | undefined {
    return [...this.#panels].find(({ panel }) => panel.active);
  }
}
