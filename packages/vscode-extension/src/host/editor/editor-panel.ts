import * as vscode from 'vscode';
import { tagged } from '../../protocol/channels.js';
import type { EditorHost, EditorView, EditorWebview, ViewCommand } from '../../protocol/editor.js';
import type { EngineListener } from '../../protocol/engine.js';
import { type Channel, connect, type Remote } from '../../protocol/rpc.js';
import type { AnnotationDocument } from '../document/annotation-document.js';
import { formatName } from '../document/annotation-source.js';
import type { Services } from '../services.js';
import { showPage } from '../webview-page.js';
import { neighbours } from './neighbours.js';
import { nothingSuggested } from './nothing-suggested.js';

/** What kind of editor a panel is, and what it may do. */
export interface PanelOptions {
  readonly viewType: string;
  /** Carries out a change; absent in the preview. */
  readonly apply?: (change: Parameters<EditorHost['apply']>[0]) => void;
}

/** One editor of an image: tells its webview what to show, does what the webview asks. */
export class EditorPanel {
  readonly panel: vscode.WebviewPanel;
  readonly document: AnnotationDocument;
  readonly #services: Services;
  readonly #options: PanelOptions;
  readonly #webview: Remote<EditorWebview>;
  #isReady = () => {};
  #wasReady = false;
  /** Resolves when the webview shows the picture. */
  readonly ready = new Promise<void>((resolve) => {
    this.#isReady = () => {
      this.#wasReady = true;
      resolve();
    };
  });

  constructor(
    document: AnnotationDocument,
    panel: vscode.WebviewPanel,
    services: Services,
    options: PanelOptions,
  ) {
    this.document = document;
    this.panel = panel;
    this.#services = services;
    this.#options = options;
    const channel = channelOf(panel.webview);
    this.#webview = connect<EditorWebview>(this.#host(), tagged(channel, 'panel'));
    const engine = services.engines.engineFor({
      progress: (job, done, total) => void listener.progress.asEvent(job, done, total),
    });
    const listener = connect<EngineListener>(engine, tagged(channel, 'engine'));
    const clicks = connect({ predict: engine.predict }, tagged(channel, 'clicks'));
    const patches = document.onPatch((patch) => void this.#webview.patch.asEvent(patch));
    const reloads = document.onReload(() => void this.refresh());
    // What was read-only may be edited from now on.
    const trust = vscode.workspace.onDidGrantWorkspaceTrust(() => void this.refresh());
    panel.onDidDispose(() => {
      patches.dispose();
      reloads.dispose();
      trust.dispose();
      this.#webview.$close();
      listener.$close();
      clicks.$close();
    });
    showPage(panel.webview, services.extensionUri, {
      name: 'editor',
      title: document.record.name,
      roots: rootsOf(document.uri),
    });
  }

  /** Shows everything anew. */
  async refresh(): Promise<void> {
    this.#webview.show.asEvent(await this.#view());
  }

  /** Resolves once the document has what was done in the webview until now. */
  async settled(): Promise<void> {
    if (this.#wasReady) await this.#webview.settled();
  }

  run(command: ViewCommand): void {
    void this.#webview.run.asEvent(command);
  }

  /** Opens the next or previous image in the same kind of editor. */
  async openNeighbour(step: 1 | -1): Promise<void> {
    const { images, index } = await neighbours(this.document.uri);
    const next = images[(index + step + images.length) % images.length];
    if (!next) return;
    await vscode.commands.executeCommand('vscode.openWith', next, this.#options.viewType, {
      viewColumn: this.panel.viewColumn,
      preview: true,
    });
  }

  #host(): EditorHost {
    return {
      ready: () => this.#view(),
      imageSize: async (width, height) => {
        this.document.setImageSize(width, height);
        this.#isReady();
      },
      apply: async (change) => this.#options.apply?.(change),
      openNeighbour: (step) => this.openNeighbour(step),
      annotate: async () => {
        await vscode.commands.executeCommand('vscode.openWith', this.document.uri, 'cutkit.annotate');
      },
      revealSource: () => this.#revealSource(),
      nothingSuggested: () => nothingSuggested(),
      fail: async (message) => void vscode.window.showErrorMessage(message),
    };
  }

  async #view(): Promise<EditorView> {
    const { document, panel } = this;
    const { source, uri, readOnly } = document;
    const configuration = vscode.workspace.getConfiguration('cutkit', uri);
    const { images, index } = await neighbours(uri);
    const canEdit = this.#options.apply !== undefined;
    const [file] = source?.record.files ?? [];
    return {
      name: document.record.name.slice(document.record.name.lastIndexOf('/') + 1),
      imageUrl: panel.webview.asWebviewUri(uri).toString(),
      editable: canEdit && readOnly === undefined,
      ...(canEdit && readOnly !== undefined ? { why: readOnly } : {}),
      classes: document.classes,
      instances: document.instances,
      found: {
        ...(source ? { format: formatName(source.dataset.format) } : {}),
        ...(file === undefined ? {} : { file: vscode.workspace.asRelativePath(document.files.uri(file)) }),
        sentences: document.sentences,
      },
      display: {
        opacity: configuration.get('overlay.opacity', 0.5),
        style: configuration.get('overlay.style', 'both'),
      },
      suggest: {
        pointsPerSide: configuration.get('suggest.pointsPerSide', 16),
        predIouThresh: configuration.get('suggest.predIouThresh', 0.5),
        stabilityScoreThresh: configuration.get('suggest.stabilityScoreThresh', 0.6),
        minMaskRegionArea: configuration.get('suggest.minMaskRegionArea', 64),
      },
      assets: {
        backend: this.#services.engines.backend,
        root: panel.webview.asWebviewUri(vscode.Uri.joinPath(this.#services.extensionUri, 'dist')).toString(),
      },
      position: { index, count: images.length },
    };
  }

  async #revealSource(): Promise<void> {
    const [file] = this.document.source?.record.files ?? [];
    if (file === undefined) return;
    await vscode.commands.executeCommand('vscode.open', this.document.files.uri(file), {
      viewColumn: vscode.ViewColumn.Beside,
    });
  }
}

/** The messages of a webview. */
export function channelOf(webview: vscode.Webview): Channel {
  return {
    post: (message) => void webview.postMessage(message),
    on: (receive) => void webview.onDidReceiveMessage(receive),
  };
}

function rootsOf(image: vscode.Uri): vscode.Uri[] {
  return [vscode.Uri.joinPath(image, '..')];
}
