import * as vscode from 'vscode';
import type { BatchHost } from '../../protocol/batch.js';
import { tagged } from '../../protocol/channels.js';
import type { EngineListener } from '../../protocol/engine.js';
import { connect } from '../../protocol/rpc.js';
import { channelOf } from '../editor/editor-panel.js';
import { requireWritable } from '../files/why-read-only.js';
import type { Services } from '../services.js';
import { showPage } from '../webview-page.js';

/**
 * Cuts the subjects out of pictures, in a page that shows the results as they come. Each is written beside its picture,
 * under a name that nothing has.
 */
export function removeBackground(services: Services, pictures: readonly vscode.Uri[]): void {
  for (const picture of pictures) requireWritable(picture);
  const title = vscode.l10n.t('Remove Background');
  const panel = vscode.window.createWebviewPanel('cutkit.batch', title, vscode.ViewColumn.Active, {
    retainContextWhenHidden: true,
  });
  const { webview } = panel;
  const host: BatchHost = {
    ready: async () => ({
      pictures: pictures.map((uri) => ({ name: nameOf(uri), url: webview.asWebviewUri(uri).toString() })),
      assets: {
        backend: services.engines.backend,
        root: webview.asWebviewUri(vscode.Uri.joinPath(services.extensionUri, 'dist')).toString(),
      },
    }),
    async save(index, png) {
      const picture = pictures[index];
      if (!picture) throw new RangeError(`there is no picture ${index}`);
      const target = await freeName(picture);
      await vscode.workspace.fs.writeFile(target, png);
      return nameOf(target);
    },
  };
  const channel = channelOf(webview);
  const page = connect(host, tagged(channel, 'panel'));
  const engine = services.engines.engineFor({
    progress: (job, done, total) => void listener.progress.asEvent(job, done, total),
  });
  const listener = connect<EngineListener>(engine, tagged(channel, 'engine'));
  panel.onDidDispose(() => {
    page.$close();
    listener.$close();
  });
  const roots = pictures.map((uri) => vscode.Uri.joinPath(uri, '..'));
  showPage(webview, services.extensionUri, { name: 'batch', title, roots });
}

/** `photo.cutout.png`, or with a number where that is taken. */
async function freeName(picture: vscode.Uri): Promise<vscode.Uri> {
  const stem = nameOf(picture).replace(/\.[^.]+$/, '');
  for (let n = 1; ; n++) {
    const name = n === 1 ? `${stem}.cutout.png` : `${stem}.cutout-${n}.png`;
    const target = vscode.Uri.joinPath(picture, '..', name);
    const taken = await vscode.workspace.fs.stat(target).then(
      () => true,
      () => false,
    );
    if (!taken) return target;
  }
}

function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
