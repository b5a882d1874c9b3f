/** The plugin's half in Figma's virtual machine: touches the document, never pixels. */
import type { Command, MainApi, Opening, OutputChoice, UiApi } from '../protocol.js';
import { connect } from '../rpc.js';
import { LayerError, wordsOf } from './layer-error.js';
import { apply } from './outputs/apply.js';
import { findCutouts, restore } from './outputs/restore.js';
import { renderLayer } from './render-layer.js';
import { isOutputChoice, loadSettings, saveSettings } from './settings.js';
import { suggestOutputs } from './suggest-outputs.js';
import { collect } from './targets/collect.js';

const TITLES: Readonly<Record<Command, string>> = {
  remove: 'Remove background',
  segment: 'Click to segment',
  everything: 'Segment everything',
  refine: 'Refine cut-out',
  restore: 'Restore original',
};

figma.parameters.on('input', suggestOutputs);
figma.on('run', ({ command, parameters }) => {
  const { output } = (parameters ?? {}) as { output?: unknown };
  run((command || 'remove') as Command, isOutputChoice(output) ? output : undefined).catch((error: unknown) =>
    figma.closePlugin(wordsOf(error).slice(0, 100)),
  );
});

async function run(command: Command, output: OutputChoice | undefined): Promise<void> {
  if (figma.editorType === 'dev')
    return figma.closePlugin('Dev Mode is read-only. Switch to Design and run again.');
  if (command === 'restore') return figma.closePlugin(await restoreSelection());
  const settings = await loadSettings();
  openWindow({ command, settings: output ? { ...settings, output } : settings });
}

function openWindow(opening: Opening): void {
  const kind = opening.command === 'remove' ? 'panel' : 'editor';
  const [width, height] = opening.settings.sizes[kind];
  figma.showUI(__html__, { width, height, title: TITLES[opening.command], themeColors: true });
  const api: MainApi = {
    opening: () => opening,
    selected: () => collect(figma.currentPage.selection),
    async imageBytes(hash) {
      const image = hash ? figma.getImageByHash(hash) : null;
      if (!image) throw new LayerError('Its picture is missing from this file. Place it again.');
      try {
        return await image.getBytesAsync();
      } catch {
        throw new LayerError('Its picture could not be loaded. Check the connection and run again.');
      }
    },
    async renderLayer(id) {
      const node = await figma.getNodeByIdAsync(id);
      if (!node) throw new LayerError('It was deleted meanwhile.');
      return renderLayer(node as SceneNode);
    },
    apply,
    saveSettings,
    resize: (w, h) => figma.ui.resize(Math.round(w), Math.round(h)),
    undo: () => figma.triggerUndo(),
    finish: (notice) => figma.closePlugin(notice === '' ? undefined : notice.slice(0, 100)),
  };
  const ui = connect<UiApi, MainApi>(api, {
    post: (message) => figma.ui.postMessage(message),
    on: (hear) => figma.ui.on('message', (message: unknown) => hear(message)),
  });
  figma.on('selectionchange', () => void ui.selectionChanged.asEvent());
}

async function restoreSelection(): Promise<string> {
  const cutouts = findCutouts(figma.currentPage.selection);
  if (cutouts.length === 0) return 'Nothing in the selection was cut by Cutkit.';
  const styles: (() => Promise<void>)[] = [];
  figma.commitUndo();
  const back = cutouts
    .map((node) => restore(node, styles))
    .filter((node): node is SceneNode => node !== null);
  await Promise.all(styles.map((set) => set()));
  figma.currentPage.selection = back;
  figma.commitUndo();
  return cutouts.length === 1 ? 'Restored.' : `${cutouts.length} layers restored.`;
}
