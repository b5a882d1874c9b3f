import { type ComparedRecord, detectDatasets, type FileSystem, openDataset } from '@cutkit/datasets';
import * as vscode from 'vscode';
import { tagged } from '../../protocol/channels.js';
import type { EditorHost, EditorView } from '../../protocol/editor.js';
import { connect } from '../../protocol/rpc.js';
import { type AnnotationSource, findSource } from '../document/annotation-source.js';
import { chooseDetection } from '../document/choose-detection.js';
import { channelOf } from '../editor/editor-panel.js';
import { WorkspaceFiles } from '../files/workspace-files.js';
import type { Services } from '../services.js';
import { showPage } from '../webview-page.js';
import { comparisonView } from './comparison-view.js';
import { HeadFiles } from './head-files.js';

/** Compares an image's annotations with a file or folder that the user names. */
export async function compareWithFile(services: Services, image: vscode.Uri): Promise<void> {
  const files = new WorkspaceFiles(image, services.platform);
  const source = await sourceOf(files, image);
  const [chosen] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: true,
      canSelectFolders: true,
      // On the image's own file system, wherever the editor in front is.
      defaultUri: vscode.workspace.getWorkspaceFolder(image)?.uri ?? vscode.Uri.joinPath(image, '..'),
      title: vscode.l10n.t('Annotations to compare with'),
    })) ?? [];
  if (!source || !chosen) return;
  const found = await detectDatasets(files, chosen.path);
  if (found.length === 0)
    void vscode.window.showErrorMessage(vscode.l10n.t('No annotations were found at {0}.', chosen.path));
  const detection = await chooseDetection(files, found);
  if (!detection) return;
  const other = await recordIn(files, detection.path, detection.format, image);
  const name = vscode.workspace.asRelativePath(files.uri(detection.path));
  showComparison(services, image, compared(source), other, name);
}

/** Compares an image's annotations with those of the last commit. */
export async function compareWithHead(services: Services, image: vscode.Uri): Promise<void> {
  const files = new WorkspaceFiles(image, services.platform);
  const source = await sourceOf(files, image);
  const head = await HeadFiles.open(files);
  if (!source || !head) {
    if (source)
      void vscode.window.showErrorMessage(vscode.l10n.t('This takes VS Code’s git extension, which is off.'));
    return;
  }
  const { path, format } = source.detection;
  showComparison(services, image, await recordIn(head, path, format, image), compared(source), 'HEAD');
}

async function sourceOf(files: WorkspaceFiles, image: vscode.Uri): Promise<AnnotationSource | undefined> {
  const { source } = await findSource(files, image);
  if (!source) void vscode.window.showErrorMessage(vscode.l10n.t('No annotations of this image were found.'));
  return source;
}

function compared({ record, dataset }: AnnotationSource): ComparedRecord {
  return { record, classes: dataset.classes };
}

async function recordIn(
  files: FileSystem,
  path: string,
  format: AnnotationSource['detection']['format'],
  image: vscode.Uri,
): Promise<ComparedRecord> {
  const dataset = await openDataset(files, path, { format });
  const index = dataset.images.find(image.path);
  const none = { index: 0, name: image.path, width: 0, height: 0, instances: [], files: [], extra: {} };
  return { record: index < 0 ? none : await dataset.read(index), classes: dataset.classes };
}

function showComparison(
  services: Services,
  image: vscode.Uri,
  first: ComparedRecord,
  second: ComparedRecord,
  other: string,
): void {
  const name = image.path.slice(image.path.lastIndexOf('/') + 1);
  const title = `${name} ↔ ${other}`;
  const panel = vscode.window.createWebviewPanel('cutkit.compare', title, vscode.ViewColumn.Active, {
    retainContextWhenHidden: true,
  });
  const { classes, instances, sentences } = comparisonView(first, second);
  const view = (): EditorView => ({
    name,
    imageUrl: panel.webview.asWebviewUri(image).toString(),
    editable: false,
    classes,
    instances,
    found: { format: vscode.l10n.t('Comparison'), sentences },
    display: { opacity: 0.5, style: 'both' },
    suggest: { pointsPerSide: 2, predIouThresh: 1, stabilityScoreThresh: 1, minMaskRegionArea: 0 },
    assets: { backend: 'webview', root: '' },
    position: { index: 0, count: 1 },
  });
  const host: EditorHost = {
    ready: async () => view(),
    imageSize: async () => {},
    apply: async () => {},
    openNeighbour: async () => {},
    annotate: async () => void (await vscode.commands.executeCommand('cutkit.annotate', image)),
    revealSource: async () => {},
    nothingSuggested: async () => {},
    fail: async (message) => void vscode.window.showErrorMessage(message),
  };
  const rpc = connect(host, tagged(channelOf(panel.webview), 'panel'));
  panel.onDidDispose(() => rpc.$close());
  const roots = [vscode.Uri.joinPath(image, '..')];
  showPage(panel.webview, services.extensionUri, { name: 'editor', title, roots });
}
