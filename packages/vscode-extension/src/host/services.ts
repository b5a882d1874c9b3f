import type * as vscode from 'vscode';
import type { EngineOwner } from './inference/engine-owner.js';
import type { Platform } from './platform.js';

/** What the parts of the extension share. */
export interface Services {
  readonly extensionUri: vscode.Uri;
  /** Where downloaded models are kept. */
  readonly modelsUri: vscode.Uri;
  readonly platform: Platform;
  readonly engines: EngineOwner;
}
