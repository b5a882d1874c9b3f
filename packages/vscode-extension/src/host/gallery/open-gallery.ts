import { detectDatasets } from '@cutkit/datasets';
import * as vscode from 'vscode';
import { chooseDetection } from '../document/choose-detection.js';
import { WorkspaceFiles } from '../files/workspace-files.js';
import type { Services } from '../services.js';
import { GalleryPanel } from './gallery-panel.js';
import { readGallery } from './read-gallery.js';

/** Opens a gallery of a folder: of the data set in it, with the pictures that it does not know, or of pictures alone. */
export async function openGallery(services: Services, resource: vscode.Uri | undefined): Promise<void> {
  const uri = resource ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!uri) return;
  const files = new WorkspaceFiles(uri, services.platform);
  const found = await detectDatasets(files, uri.path);
  const detection = await chooseDetection(files, found);
  if (found.length > 0 && !detection) return;
  const options = {
    location: vscode.ProgressLocation.Window,
    title: vscode.l10n.t('Opening the gallery'),
  };
  const root = { uri, files, detection };
  const content = await vscode.window.withProgress(options, () => readGallery(root));
  new GalleryPanel(services, root, content);
}
