import * as vscode from 'vscode';
import { registerCommands } from './commands/register-commands.js';
import { AnnotateProvider } from './editor/annotate-provider.js';
import { Editors } from './editor/editors.js';
import { PreviewProvider } from './editor/preview-provider.js';
import { EngineOwner } from './inference/engine-owner.js';
import type { Platform } from './platform.js';
import type { Services } from './services.js';

/** Puts the extension together. Nothing is read or started before it is asked for. */
export function activateWith(context: vscode.ExtensionContext, platform: Platform): void {
  const { extensionUri, globalStorageUri, subscriptions } = context;
  const modelsUri = vscode.Uri.joinPath(globalStorageUri, 'models');
  const engines = new EngineOwner(platform, extensionUri, modelsUri);
  const services: Services = { extensionUri, modelsUri, platform, engines };
  const editors = new Editors();
  const options = {
    supportsMultipleEditorsPerDocument: true,
    webviewOptions: { retainContextWhenHidden: true },
  };
  subscriptions.push(
    engines,
    vscode.window.registerCustomEditorProvider(
      PreviewProvider.viewType,
      new PreviewProvider(services, editors),
      options,
    ),
    vscode.window.registerCustomEditorProvider(
      AnnotateProvider.viewType,
      new AnnotateProvider(services, editors),
      options,
    ),
    ...registerCommands(services, editors),
  );
}
