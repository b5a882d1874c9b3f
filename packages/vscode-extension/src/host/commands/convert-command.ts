import {
  type Conversion,
  convert,
  detectDatasets,
  type Format,
  type Loss,
  openDataset,
} from '@cutkit/datasets';
import * as vscode from 'vscode';
import { formatName } from '../document/annotation-source.js';
import { chooseDetection } from '../document/choose-detection.js';
import { requireWritable } from '../files/why-read-only.js';
import { WorkspaceFiles } from '../files/workspace-files.js';
import type { Services } from '../services.js';
import { words } from '../words.js';

/** Formats that can be written. */
const TARGETS: readonly Format[] = ['coco', 'yolo', 'labelme', 'voc', 'masks'];

/** Converts the annotations of a file or folder into a new folder, and says what the new format cannot hold. */
export async function convertCommand(
  { platform }: Services,
  resource: vscode.Uri | undefined,
): Promise<void> {
  const root = resource ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!root) return;
  requireWritable(root);
  const files = new WorkspaceFiles(root, platform);
  const found = await detectDatasets(files, root.path);
  if (found.length === 0)
    void vscode.window.showErrorMessage(vscode.l10n.t('No annotations were found here.'));
  const detection = await chooseDetection(files, found);
  if (!detection) return;
  const format = await chooseFormat(detection.format);
  if (!format) return;
  const pictures = await choosePictures();
  if (pictures === undefined) return;
  const folder = await freeFolder(files, await placeFor(format, root, files));
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Converting to {0}', formatName(format)),
    cancellable: true,
  };
  const losses = await vscode.window.withProgress(options, async (progress, token) => {
    const dataset = await openDataset(files, detection.path, { format: detection.format });
    try {
      return await write(files, convert(dataset, format, folder, { pictures }), progress, token);
    } catch (error) {
      // Half a data set looks like a whole one.
      if (await files.stat(folder)) await vscode.workspace.fs.delete(files.uri(folder), { recursive: true });
      if (token.isCancellationRequested) return undefined;
      throw error;
    }
  });
  if (losses) await report(files, folder, losses);
}

async function write(
  files: WorkspaceFiles,
  conversion: Conversion,
  progress: vscode.Progress<{ message: string }>,
  token: vscode.CancellationToken,
): Promise<Loss[]> {
  let written = 0;
  for await (const file of conversion.files) {
    if (token.isCancellationRequested) throw new vscode.CancellationError();
    const to = files.uri(file.path);
    if ('copyOf' in file) await vscode.workspace.fs.copy(files.uri(file.copyOf), to);
    else await vscode.workspace.fs.writeFile(to, file.bytes);
    written++;
    progress.report({
      message: written === 1 ? vscode.l10n.t('1 file') : vscode.l10n.t('{0} files', written),
    });
  }
  return conversion.losses();
}

async function chooseFormat(from: Format): Promise<Format | undefined> {
  const items = TARGETS.filter((format) => format !== from).map((format) => ({
    label: formatName(format),
    format,
  }));
  const title = vscode.l10n.t('Convert to');
  return (await vscode.window.showQuickPick(items, { title }))?.format;
}

/** Whether pictures are copied too; undefined where the user gave up. */
async function choosePictures(): Promise<boolean | undefined> {
  const items = [
    {
      label: vscode.l10n.t('Copy the pictures too'),
      detail: vscode.l10n.t('The folder is complete: for training, or to be passed on.'),
      pictures: true,
    },
    {
      label: vscode.l10n.t('Leave the pictures where they are'),
      detail: vscode.l10n.t('Only annotations are written.'),
      pictures: false,
    },
  ];
  const title = vscode.l10n.t('Pictures');
  return (await vscode.window.showQuickPick(items, { title }))?.pictures;
}

/**
 * Beside the folder that is converted, as what is in it may be taken for its own; in it, where it is the workspace's: outside of
 * that nothing is written.
 */
async function placeFor(format: Format, root: vscode.Uri, files: WorkspaceFiles): Promise<string> {
  const isFile = (await files.stat(root.path))?.type === 'file';
  const folder = isFile ? root.path.slice(0, root.path.lastIndexOf('/')) : root.path.replace(/\/$/, '');
  const whole = vscode.workspace.getWorkspaceFolder(root)?.uri.path.replace(/\/$/, '') ?? folder;
  return folder === whole ? `${folder}/${format}-converted` : `${folder}-${format}`;
}

/** A folder that is not there yet: a conversion never writes over anything. */
async function freeFolder(files: WorkspaceFiles, wanted: string): Promise<string> {
  for (let n = 1; ; n++) {
    const folder = n === 1 ? wanted : `${wanted}-${n}`;
    if (!(await files.stat(folder))) return folder;
  }
}

async function report(files: WorkspaceFiles, folder: string, losses: readonly Loss[]): Promise<void> {
  const where = vscode.workspace.asRelativePath(files.uri(folder));
  if (losses.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Converted into {0}. Nothing was lost.', where));
    return;
  }
  const show = vscode.l10n.t('Show What Was Lost');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Converted into {0}. Not everything could be kept.', where),
    show,
  );
  if (answer !== show) return;
  const content = losses
    .map(({ message, count, examples }) => `- ${words(message)} (${count}; ${examples.join(', ')})`)
    .join('\n');
  await vscode.window.showTextDocument(
    await vscode.workspace.openTextDocument({ language: 'markdown', content: `# ${where}\n\n${content}\n` }),
  );
}
