import { type Detection, detectDatasets, openDataset } from '@cutkit/datasets';
import * as vscode from 'vscode';
import { tagged } from '../../protocol/channels.js';
import type { GalleryHost } from '../../protocol/gallery.js';
import { connect } from '../../protocol/rpc.js';
import { formatName } from '../document/annotation-source.js';
import { chooseDetection } from '../document/choose-detection.js';
import { classViews } from '../document/class-views.js';
import { channelOf } from '../editor/editor-panel.js';
import { WorkspaceFiles } from '../files/workspace-files.js';
import type { Services } from '../services.js';
import { showPage } from '../webview-page.js';
import { findPictures } from './find-pictures.js';
import { GalleryModel } from './gallery-model.js';

/** Opens a gallery of a folder: of the data set in it, with the pictures that it does not know, or of pictures alone. */
export async function openGallery(services: Services, resource: vscode.Uri | undefined): Promise<void> {
  const root = resource ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!root) return;
  const files = new WorkspaceFiles(root, services.platform);
  const found = await detectDatasets(files, root.path);
  const detection = await chooseDetection(files, found);
  if (found.length > 0 && !detection) return;
  const options = {
    location: vscode.ProgressLocation.Window,
    title: vscode.l10n.t('Opening the gallery'),
  };
  const { model, dataset } = await vscode.window.withProgress(options, () =>
    openModel(files, root, detection),
  );
  const title = vscode.l10n.t('Gallery: {0}', root.path.slice(root.path.lastIndexOf('/') + 1));
  const panel = vscode.window.createWebviewPanel('cutkit.gallery', title, vscode.ViewColumn.Active, {
    retainContextWhenHidden: true,
  });
  const host: GalleryHost = {
    ready: async () => ({
      title,
      ...(dataset ? { format: formatName(dataset.format) } : {}),
      classes: classViews(dataset?.classes ?? [], root),
      count: model.count,
    }),
    filter: (filter) => model.filter(filter),
    entries: async (from, to) => model.entries(from, to),
    async thumbnail(at) {
      const [path, rest] = await Promise.all([model.path(at), model.thumbnail(at)]);
      return path === undefined
        ? rest
        : { ...rest, url: panel.webview.asWebviewUri(files.uri(path)).toString() };
    },
    async open(at) {
      const path = await model.path(at);
      if (path === undefined) return;
      await vscode.commands.executeCommand('vscode.openWith', files.uri(path), 'cutkit.preview', {
        viewColumn: vscode.ViewColumn.Beside,
        preview: true,
      });
    },
    statistics: () => model.statistics(),
  };
  const rpc = connect(host, tagged(channelOf(panel.webview), 'panel'));
  panel.onDidDispose(() => rpc.$close());
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  showPage(panel.webview, services.extensionUri, { name: 'gallery', title, roots: [root, ...folders] });
}

async function openModel(files: WorkspaceFiles, root: vscode.Uri, detection: Detection | undefined) {
  const most = vscode.workspace.getConfiguration('cutkit').get('gallery.maxImages', 100_000);
  const dataset = detection && (await openDataset(files, detection.path, { format: detection.format }));
  return { dataset, model: new GalleryModel(files, dataset, await findPictures(root, most), most) };
}
