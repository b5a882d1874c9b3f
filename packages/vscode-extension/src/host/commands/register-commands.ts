import * as vscode from 'vscode';
import type { Editors } from '../editor/editors.js';
import type { Services } from '../services.js';

type Handler = (resource?: vscode.Uri, selected?: vscode.Uri[]) => unknown;

/** Every command of the manifest. */
export function registerCommands(_services: Services, editors: Editors): vscode.Disposable[] {
  const handlers: Readonly<Record<string, Handler>> = {
    preview: (resource) => openWith(resource, 'cutkit.preview'),
    annotate: (resource) => openWith(resource, 'cutkit.annotate'),
    nextImage: () => editors.active?.openNeighbour(1),
    previousImage: () => editors.active?.openNeighbour(-1),
    toggleMasks: () => editors.active?.run('toggleMasks'),
    suggestAll: () => editors.active?.run('suggestAll'),
    removeBackgroundAsMask: () => editors.active?.run('removeBackgroundAsMask'),
  };
  return Object.entries(handlers).map(([name, handler]) =>
    vscode.commands.registerCommand(`cutkit.${name}`, handler),
  );
}

async function openWith(resource: vscode.Uri | undefined, viewType: string): Promise<void> {
  const uri = resource ?? activeUri();
  if (uri) await vscode.commands.executeCommand('vscode.openWith', uri, viewType);
}

/** The file of the tab in front, whatever shows it. */
function activeUri(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText) return input.uri;
  return undefined;
}
