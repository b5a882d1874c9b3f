import type { Statistics } from '@cutkit/datasets';
import * as vscode from 'vscode';
import { tagged } from '../../protocol/channels.js';
import type {
  GalleryEntry,
  GalleryFilter,
  GalleryHost,
  GalleryPage,
  GalleryView,
  Thumbnail,
} from '../../protocol/gallery.js';
import { connect } from '../../protocol/rpc.js';
import { formatName } from '../document/annotation-source.js';
import { classViews } from '../document/class-views.js';
import { channelOf } from '../editor/editor-panel.js';
import type { Services } from '../services.js';
import { tellFailure } from '../tell-failure.js';
import { showPage } from '../webview-page.js';
import { type GalleryContent, type GalleryRoot, readGallery } from './read-gallery.js';
import { watchFolder } from './watch-folder.js';

/** One gallery: answers its page, and follows what changes in its folder. */
export class GalleryPanel implements GalleryHost {
  readonly #root: GalleryRoot;
  readonly #title: string;
  readonly #panel: vscode.WebviewPanel;
  #content: GalleryContent;
  #filter: GalleryFilter = { text: '', state: 'all', classIndex: undefined };

  constructor(services: Services, root: GalleryRoot, content: GalleryContent) {
    this.#root = root;
    this.#content = content;
    const { path } = root.uri;
    this.#title = vscode.l10n.t('Gallery: {0}', path.slice(path.lastIndexOf('/') + 1));
    this.#panel = vscode.window.createWebviewPanel('cutkit.gallery', this.#title, vscode.ViewColumn.Active, {
      retainContextWhenHidden: true,
    });
    const { webview } = this.#panel;
    const page = connect<GalleryPage>(this, tagged(channelOf(webview), 'panel'));
    const watcher = watchFolder(root.uri, () =>
      tellFailure(async () => {
        await this.#read();
        if (!page.$closed) page.changed.asEvent(this.#view());
      }),
    );
    this.#panel.onDidDispose(() => {
      watcher.dispose();
      page.$close();
    });
    const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
    showPage(webview, services.extensionUri, {
      name: 'gallery',
      title: this.#title,
      roots: [root.uri, ...folders],
    });
  }

  async ready(): Promise<GalleryView> {
    return this.#view();
  }

  async filter(filter: GalleryFilter): Promise<number> {
    this.#filter = filter;
    for (;;) {
      const { model } = this.#content;
      const count = await model.filter(filter);
      if (model === this.#content.model) return count;
    }
  }

  async entries(from: number, to: number): Promise<GalleryEntry[]> {
    return this.#content.model.entries(from, to);
  }

  async thumbnail(at: number): Promise<Thumbnail> {
    const { model } = this.#content;
    const [path, rest] = await Promise.all([model.path(at), model.thumbnail(at)]);
    if (path === undefined) return rest;
    return { ...rest, url: this.#panel.webview.asWebviewUri(this.#root.files.uri(path)).toString() };
  }

  async open(at: number): Promise<void> {
    const path = await this.#content.model.path(at);
    if (path === undefined) return;
    await vscode.commands.executeCommand('vscode.openWith', this.#root.files.uri(path), 'cutkit.preview', {
      viewColumn: vscode.ViewColumn.Beside,
      preview: true,
    });
  }

  async statistics(): Promise<Statistics | undefined> {
    return this.#content.model.statistics();
  }

  #view(): GalleryView {
    const { dataset, model } = this.#content;
    return {
      title: this.#title,
      ...(dataset ? { format: formatName(dataset.format) } : {}),
      classes: classViews(dataset?.classes ?? [], this.#root.uri),
      count: model.count,
    };
  }

  /** Reads everything anew, and filters it as the page did last. */
  async #read(): Promise<void> {
    const content = await readGallery(this.#root);
    let filter: GalleryFilter;
    do {
      filter = this.#filter;
      await content.model.filter(filter);
    } while (filter !== this.#filter);
    this.#content = content;
  }
}
