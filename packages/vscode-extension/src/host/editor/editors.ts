import type { EditorPanel } from './editor-panel.js';

/** The open editors, for commands that act on the one in front. */
export class Editors {
  readonly #panels = new Set<EditorPanel>();

  add(panel: EditorPanel): void {
    this.#panels.add(panel);
    panel.panel.onDidDispose(() => this.#panels.delete(panel));
  }

  get active(): EditorPanel | undefined {
    return [...this.#panels].find(({ panel }) => panel.active);
  }
}
