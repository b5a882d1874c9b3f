import * as vscode from 'vscode';
import { compareWithFile, compareWithHead } from '../compare/compare-command.js';
import type { Editors } from '../editor/editors.js';
import { requireWritable } from '../files/why-read-only.js';
import { openGallery } from '../gallery/open-gallery.js';
import { lintCommand } from '../lint/lint-command.js';
import { Problems } from '../lint/problems.js';
import { chooseModel } from '../models/choose-model.js';
import type { Services } from '../services.js';
import { convertCommand } from './convert-command.js';
import { removeBackground } from './remove-background.js';
import { setDefault } from './set-default.js';

/** What a command is called with: the resource of its menu, and all that is selected there. */
type Handler = (resource?: vscode.Uri, selected?: vscode.Uri[]) => unknown;

/** Pictures that “segment everything” opens an editor for at a time. */
const MOST_EDITORS = 10;

/** Registers every command of the manifest. A failure is told to the user, with its cure. */
export function registerCommands(services: Services, editors: Editors): vscode.Disposable[] {
  const problems = new Problems(services);
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
    gallery: (resource) => openGallery(services, resource),
    lint: (resource) => lintCommand(problems, resource),
    convert: (resource) => convertCommand(services, resource),
    compare: withImage((uri) => compareWithFile(services, uri)),
    compareWithHead: withImage((uri) => compareWithHead(services, uri)),
    removeBackground: (resource, selected) => removeBackground(services, images(resource, selected)),
    segmentEverything: (resource, selected) => segmentEverything(editors, images(resource, selected)),
    chooseModel: () => chooseModel(services),
    setDefault,
    nextImage: () => editors.active?.openNeighbour(1),
    previousImage: () => editors.active?.openNeighbour(-1),
    toggleMasks: () => editors.active?.run('toggleMasks'),
    suggestAll: () => editors.active?.run('suggestAll'),
    removeBackgroundAsMask: () => editors.active?.run('removeBackgroundAsMask'),
  };
  return [
    problems,
    ...Object.entries(handlers).map(([name, handler]) =>
      vscode.commands.registerCommand(`cutkit.${name}`, async (...given: Parameters<Handler>) => {
        try {
          return await handler(...given);
        } catch (error) {
          const { message, hint = '' } = error as Error & { hint?: string };
          void vscode.window.showErrorMessage(`${message} ${hint}`.trim());
          return undefined;
        }
      }),
    ),
  ];
}

/** Opens editors in which suggestions for everything appear: nothing is an annotation until it is accepted. */
async function segmentEverything(editors: Editors, pictures: readonly vscode.Uri[]): Promise<void> {
  for (const picture of pictures.slice(0, MOST_EDITORS)) {
    requireWritable(picture);
    await openWith(picture, 'cutkit.annotate');
    const editor = editors.find(picture, 'cutkit.annotate');
    await editor?.ready;
    editor?.run('suggestAll');
  }
}

async function openWith(uri: vscode.Uri, viewType: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.openWith', uri, viewType);
}

/** The file of the tab in front, whatever shows it. */
function activeUri(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText) return input.uri;
  return undefined;
}
