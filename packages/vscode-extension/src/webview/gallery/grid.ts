import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import { html, nothing, render, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Recent } from '../../engine/recent.js';
import type { GalleryEntry, GalleryHost, GalleryView } from '../../protocol/gallery.js';
import type { Remote } from '../../protocol/rpc.js';
import { t } from '../shared/l10n.js';
import { drawThumbnail } from './draw-thumbnail.js';
import { RequestQueue } from './request-queue.js';

const CELL = { width: 184, height: 176 };
/** Thumbnails that are kept when they are scrolled away: about a hundred megabytes at most. */
const KEPT = 400;
/** Entries that are asked for at a time. */
const PAGE = 200;

/** A grid of any length of which only the rows on the screen are in the page. */
export class Grid {
  readonly element = document.createElement('div');
  readonly #inner = document.createElement('div');
  readonly #host: Remote<GalleryHost>;
  readonly #view: GalleryView;
  readonly #queue = new RequestQueue();
  readonly #pages = new RequestQueue();
  readonly #virtual: Virtualizer<HTMLElement, HTMLElement>;
  #entries = new Map<number, GalleryEntry>();
  #thumbnails = new Recent<number, ImageBitmap | 'none'>(KEPT);
  #drawn = new WeakMap<HTMLCanvasElement, ImageBitmap>();
  #count: number;
  #columns = 1;
  #focus = 0;

  constructor(host: Remote<GalleryHost>, view: GalleryView) {
    this.#host = host;
    this.#view = view;
    this.#count = view.count;
    this.element.className = 'grid';
    this.element.tabIndex = 0;
    this.element.setAttribute('role', 'grid');
    this.element.setAttribute('aria-label', t('Images'));
    this.#inner.className = 'inner';
    this.#inner.setAttribute('role', 'presentation');
    this.element.append(this.#inner);
    this.#virtual = new Virtualizer<HTMLElement, HTMLElement>({
      count: 0,
      getScrollElement: () => this.element,
      estimateSize: () => CELL.height,
      overscan: 2,
      observeElementRect,
      observeElementOffset,
      scrollToFn: elementScroll,
      onChange: () => this.#render(),
    });
    this.element.addEventListener('keydown', (event) => this.#onKey(event));
    new ResizeObserver(() => this.#layout()).observe(this.element);
  }

  /** Begins once the element is in the page. */
  mount(): void {
    this.#virtual._didMount();
    this.#layout();
  }

  /** Shows a list of another length: all that was known of the one before is forgotten. */
  reset(count: number): void {
    this.#count = count;
    this.#entries = new Map();
    this.#thumbnails.clear();
    this.#focus = 0;
    this.#queue.keep(() => false);
    this.#layout();
    this.#virtual.scrollToOffset(0);
  }

  #layout(): void {
    this.#columns = Math.max(1, Math.floor(this.element.clientWidth / CELL.width));
    this.#virtual.setOptions({ ...this.#virtual.options, count: Math.ceil(this.#count / this.#columns) });
    this.#virtual._willUpdate();
    this.#virtual.measure();
    this.#render();
  }

  #render(): void {
    const rows = this.#virtual.getVirtualItems();
    this.#inner.style.height = `${this.#virtual.getTotalSize()}px`;
    this.element.setAttribute('aria-rowcount', String(Math.ceil(this.#count / this.#columns)));
    this.element.setAttribute('aria-activedescendant', `cell-${this.#focus}`);
    const [first, last] = [rows[0]?.index ?? 0, rows.at(-1)?.index ?? 0];
    const isShown = (at: number) => at >= first * this.#columns && at < (last + 1) * this.#columns;
    this.#queue.keep(isShown);
    render(
      repeat(
        rows,
        ({ index }) => index,
        ({ index, start }) => this.#row(index, start),
      ),
      this.#inner,
    );
    this.#drawCells();
  }

  #row(index: number, start: number): TemplateResult {
    const from = index * this.#columns;
    const to = Math.min(this.#count, from + this.#columns);
    const places = Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
    return html`<div role="row" class="grid-row" aria-rowindex=${index + 1} .style=${`transform: translateY(${start}px)`}>
      ${places.map((at) => this.#cell(at))}
    </div>`;
  }

  #cell(at: number): TemplateResult {
    const entry = this.#entries.get(at);
    if (!entry) this.#askForPage(Math.floor(at / PAGE));
    const thumbnail = this.#thumbnails.get(at);
    if (entry && thumbnail === undefined) this.#askForThumbnail(at);
    const label = entry
      ? `${entry.name}${entry.count === undefined ? '' : `, ${t('{0} instances', entry.count)}`}`
      : t('Loading');
    return html`<div
      role="gridcell"
      id="cell-${at}"
      class="cell ${at === this.#focus ? 'focused' : ''}"
      aria-label=${label}
      title=${entry?.name ?? ''}
      @click=${() => this.#open(at)}
    >
      <canvas data-at=${at} width="160" height="120" aria-hidden="true"></canvas>
      <span class="name">${entry?.name ?? ''}</span>
      ${entry?.count === undefined ? nothing : html`<span class="count">${entry.count}</span>`}
    </div>`;
  }

  #askForPage(page: number): void {
    this.#pages.add(page, async () => {
      const entries = await this.#host.entries(page * PAGE, (page + 1) * PAGE);
      for (const [i, entry] of entries.entries()) this.#entries.set(page * PAGE + i, entry);
      this.#render();
    });
  }

  #askForThumbnail(at: number): void {
    this.#queue.add(at, async () => {
      const made = await this.#make(at).catch(() => undefined);
      this.#thumbnails.set(at, made ?? 'none');
      this.#render();
    });
  }

  async #make(at: number): Promise<ImageBitmap | undefined> {
    const thumbnail = await this.#host.thumbnail(at);
    const entry = this.#entries.get(at);
    if (entry && entry.count === undefined && this.#view.format) {
      this.#entries.set(at, { ...entry, count: thumbnail.count });
    }
    return drawThumbnail(thumbnail, this.#view.classes);
  }

  /** Puts thumbnails into the cells that are there; a canvas is reused for another place as rows come and go. */
  #drawCells(): void {
    for (const canvas of this.#inner.querySelectorAll('canvas')) {
      const made = this.#thumbnails.get(Number(canvas.dataset['at']));
      const bitmap = made === 'none' ? undefined : made;
      if (this.#drawn.get(canvas) === bitmap && bitmap) continue;
      const context = canvas.getContext('2d');
      context?.clearRect(0, 0, canvas.width, canvas.height);
      if (!bitmap) continue;
      const scale = Math.min(canvas.width / bitmap.width, canvas.height / bitmap.height);
      const [width, height] = [bitmap.width * scale, bitmap.height * scale];
      context?.drawImage(bitmap, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
      this.#drawn.set(canvas, bitmap);
    }
  }

  #open(at: number): void {
    this.#focus = at;
    this.#render();
    void this.#host.open(at);
  }

  #onKey(event: KeyboardEvent): void {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -this.#columns,
      ArrowDown: this.#columns,
      PageUp: -this.#columns * 4,
      PageDown: this.#columns * 4,
      Home: -this.#count,
      End: this.#count,
    };
    const step = steps[event.key];
    if (step !== undefined) {
      this.#focus = Math.min(this.#count - 1, Math.max(0, this.#focus + step));
      this.#virtual.scrollToIndex(Math.floor(this.#focus / this.#columns));
      this.#render();
    } else if (event.key === 'Enter' || event.key === ' ') this.#open(this.#focus);
    else return;
    event.preventDefault();
  }
}
