/** The plugin's window: everything on pixels and all that is seen. */
import { render } from 'preact';
import type { Settings } from '../protocol.js';
import { EditorView } from './editor/editor-view.js';
import { createEngineClient } from './engine.js';
import { connectMain } from './main-half.js';
import { RemovePanel } from './remove/remove-panel.js';
import { installResizer } from './resizer.js';
import type { Shell } from './shell.js';

async function start(): Promise<void> {
  let onSelection = () => {};
  let onEscape = () => {};
  const main = connectMain({ selectionChanged: () => onSelection() });
  addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') onEscape();
  });
  const opening = await main.opening();
  let settings: Settings = opening.settings;
  const shell: Shell = {
    main,
    engine: createEngineClient(),
    opening,
    get settings() {
      return settings;
    },
    remember(change) {
      settings = { ...settings, ...change };
      void main.saveSettings(settings);
    },
    onTimings: (timings) => dispatchEvent(new CustomEvent('cutkit-timings', { detail: timings })),
    onSelection: (hear) => {
      onSelection = hear;
    },
    onEscape: (hear) => {
      onEscape = hear;
    },
  };
  const kind = opening.command === 'remove' ? 'panel' : 'editor';
  const view = kind === 'panel' ? <RemovePanel shell={shell} /> : <EditorView shell={shell} />;
  render(view, document.getElementById('app')!);
  installResizer(shell, kind);
}

void start();
