import * as vscode from 'vscode';
import type { Editors } from '../editor/editors.js';
import type { Problems } from '../lint/problems.js';
import type { Services } from '../services.js';
import { openWith } from './open-with.js';

/** What a command is called with: the resource of its menu, and all that is selected there. */
type Handler = (resource?: vscode.Uri, selected?: vscode.Uri[]) => unknown;

/**
 * Registers every command of the manifest. What a command does is loaded when it is first called. A failure is told to the user,
 * with its cure.
 */
export function registerCommands(services: Services, editors: Editors): vscode.Disposable[] {
  let problems: Problems | undefined;
  const shownProblems = async () => {
    const { Problems } = await import('../parts.js');
    problems ??= new Problems(services);
    return problems;
  };
  const image = (resource?: vscode.Uri) => resource ?? activeUri();
  const images = (resource?: vscode.Uri, selected?: vscode.Uri[]) =>
    selected ?? [image(resource)].filter((uri) => uri !== undefined);
  const withImage =
    (work: (uri: vscode.Uri) => unknown): Handler =>
    (resource) => {
      const uri = image(resource);
      return uri && work(uri);
    };
  const handlers: Readonly<Record<string, Handler>> = {
    preview: withImage((uri) => openWith(uri, 'cutkit.preview')),
    annotate: withImage((uri) => openWith(uri, 'cutkit.annotate')),
    gallery: async (resource) => (await import('../parts.js')).openGallery(services, resource),
    lint: async (resource) => (await import('../parts.js')).lintCommand(await shownProblems(), resource),
    mend: async () => (await import('../parts.js')).mendCommand(await shownProblems()),
    convert: async (resource) => (await import('../parts.js')).convertCommand(services, resource),
    compare: withImage(async (uri) => (await import('../parts.js')).compareWithFile(services, uri)),
    compareWithHead: withImage(async (uri) => (await import('../parts.js')).compareWithHead(services, uri)),
    async removeBackground(resource, selected) {
      (await import('../parts.js')).removeBackground(services, images(resource, selected));
    },
    async segmentEverything(resource, selected) {
      await (await import('../parts.js')).segmentEverything(editors, images(resource, selected));
    },
    chooseModel: async () => (await import('../parts.js')).chooseModel(services),
    setDefault: async () => (await import('../parts.js')).setDefault(),
    nextImage: () => editors.active?.openNeighbour(1),
    previousImage: () => editors.active?.openNeighbour(-1),
    toggleMasks: () => editors.active?.run('toggleMasks'),
    suggestAll: () => editors.active?.run('suggestAll'),
    removeBackgroundAsMask: () => editors.active?.run('removeBackgroundAsMask'),
  };
  return [
    { dispose: () => problems?.dispose() },
    ...Object.entries(handlers).map(([name, handler]) =>
      vscode.commands.registerCommand(`cutkit.${name}`, async (...given: Parameters<Handler>) => {
        try {
          return await handler(...given);
        } catch (error) {
          (await import('../parts.js')).tellOf(error);
          return undefined;
        }
      }),
    ),
  ];
}

/** The file of the tab in front, whatever shows it. */
function activeUri(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText) return input.uri;
  return undefined;
}
