import { CATALOGUE, type Manifest } from '@cutkit/core';
import * as vscode from 'vscode';
import type { Services } from '../services.js';

/** Which setting names the model of a task; models of other tasks are not offered. */
const SETTINGS: Readonly<Partial<Record<Manifest['task'], string>>> = {
  promptable: 'model.segment',
  matting: 'model.background',
};

/** Lets the user choose a model, downloads it with consent, and makes it the one of its task. */
export async function chooseModel({ platform, modelsUri }: Services): Promise<void> {
  const { pullModel, localModels } = platform;
  if (!pullModel || !localModels) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'In the browser the built-in models are used; others need VS Code on a desktop or a remote host.',
      ),
    );
    return;
  }
  const local = new Set(await localModels(modelsUri));
  const items = CATALOGUE.filter(
    ({ id, task, files }) => SETTINGS[task] && (local.has(id) || Object.keys(files).length > 0),
  ).map((manifest) => ({ ...describe(manifest, local.has(manifest.id)), manifest }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Model'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!chosen) return;
  const { manifest } = chosen;
  if (!local.has(manifest.id) && !(await download(manifest, pullModel, modelsUri))) return;
  await vscode.workspace
    .getConfiguration('cutkit')
    .update(SETTINGS[manifest.task] ?? '', manifest.id, vscode.ConfigurationTarget.Global);
}

function describe(manifest: Manifest, isLocal: boolean): vscode.QuickPickItem {
  const task =
    manifest.task === 'promptable' ? vscode.l10n.t('click to segment') : vscode.l10n.t('background removal');
  return {
    label: `$(${isLocal ? 'check' : 'cloud-download'}) ${manifest.id}`,
    description: `${task} · ${sizeOf(manifest)}`,
    detail: vscode.l10n.t('{0}. Trained on {1}.', manifest.licence, manifest.trainingData),
  };
}

function sizeOf({ files }: Manifest): string {
  const bytes = Object.values(files).reduce((sum, file) => sum + (file.bytes ?? 0), 0);
  return bytes > 0 ? `${Math.ceil(bytes / 1e6)} MB` : vscode.l10n.t('size not stated');
}

/** Asks, then fetches with progress; false when the user declined or stopped it, or it failed. */
async function download(
  manifest: Manifest,
  pullModel: NonNullable<Services['platform']['pullModel']>,
  folder: vscode.Uri,
): Promise<boolean> {
  const yes = vscode.l10n.t('Download');
  const from = Object.values(manifest.files).flatMap(({ url = [] }) => url)[0] ?? '';
  const detail = vscode.l10n.t('{0}, from {1}. Licence: {2}.', sizeOf(manifest), from, manifest.licence);
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('Download the model {0}?', manifest.id),
    { modal: true, detail },
    yes,
  );
  if (answer !== yes) return false;
  const mirror = vscode.workspace.getConfiguration('cutkit').get<string>('model.mirror');
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Downloading {0}', manifest.id),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    let reported = 0;
    const onProgress = (done: number, total: number) => {
      const share = total > 0 ? (done / total) * 100 : 0;
      progress.report({ increment: share - reported });
      reported = share;
    };
    try {
      await pullModel(manifest.id, folder, {
        baseUrl: mirror || undefined,
        signal: controller.signal,
        onProgress,
      });
      return true;
    } catch (error) {
      if (!token.isCancellationRequested) {
        void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
      }
      return false;
    }
  });
}
