import { html, render, type TemplateResult } from 'lit';
import type { GalleryFilter, GalleryHost, GalleryPage, GalleryView } from '../../protocol/gallery.js';
import { announce } from '../shared/announce.js';
import { connectHost } from '../shared/host.js';
import { countImages } from './count-images.js';
import { filterBar } from './filter-bar.js';
import { Grid } from './grid.js';
import { statisticsView } from './statistics-view.js';

/** The page of a gallery: what is listed, as cells or as figures. */
export class Gallery implements GalleryPage {
  readonly #page: HTMLElement;
  readonly #host = connectHost<GalleryHost>(this);
  #view: GalleryView | undefined;
  #grid: Grid | undefined;
  #filter: GalleryFilter = { text: '', state: 'all', classIndex: undefined };
  #plots: TemplateResult | undefined;
  /** Counts changes of the filter. */
  #turn = 0;

  constructor(page: HTMLElement) {
    this.#page = page;
  }

  async start(): Promise<void> {
    this.#view = await this.#host.ready();
    this.#grid = new Grid(this.#host, this.#view);
    this.#show();
    this.#grid.mount();
    this.#page.dataset['state'] = 'ready';
  }

  async changed(view: GalleryView): Promise<void> {
    // What changed before the gallery is shown is in what it gets then.
    if (!this.#view) return;
    const before = this.#view.count;
    this.#view = view;
    this.#grid?.refresh(view);
    if (this.#plots) await this.#plot();
    this.#show();
    if (view.count !== before) announce(countImages(view.count));
  }

  async #refine(change: Partial<GalleryFilter>): Promise<void> {
    this.#filter = { ...this.#filter, ...change };
    const mine = ++this.#turn;
    const count = await this.#host.filter(this.#filter);
    // A later change of the filter may have been answered first.
    if (mine !== this.#turn || !this.#view) return;
    this.#view = { ...this.#view, count };
    this.#grid?.reset(count);
    this.#show();
    announce(countImages(count));
  }

  async #toggle(): Promise<void> {
    if (this.#plots) this.#plots = undefined;
    else await this.#plot();
    this.#show();
    if (!this.#plots) this.#grid?.mount();
  }

  async #plot(): Promise<void> {
    const found = await this.#host.statistics();
    this.#plots = found && statisticsView(found, this.#view?.classes ?? []);
  }

  #show(): void {
    if (!this.#view) return;
    const bar = filterBar(this.#view, this.#filter, this.#plots !== undefined, {
      refine: (change) => void this.#refine(change),
      toggle: () => void this.#toggle(),
    });
    render(
      html`<header>${bar}</header>
        <main class="body">
          <h1 class="screen-reader-only">${this.#view.title}</h1>
          ${this.#plots ?? this.#grid?.element}
        </main>`,
      this.#page,
    );
  }
}
