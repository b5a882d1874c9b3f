import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import { html, nothing, render, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { GalleryEntry, GalleryHost, GalleryView } from '../../protocol/gallery.js';
import type { Remote } from '../../protocol/rpc.js';
import { t } from '../shared/l10n.js';
import { Cells } from './cells.js';

const CELL = { width: 184, height: 176 };

/** A grid of any length of which only the rows on the screen are in the page. */
export class Grid {
  readonly element = document.createElement('div');
  readonly #inner = document.createElement('div');
  readonly #host: Remote<GalleryHost>;
  readonly #cells: Cells;
  readonly #virtual: Virtualizer<HTMLElement, HTMLElement>;
  #drawn = new WeakMap<HTMLCanvasElement, ImageBitmap>();
  #count: number;
  #columns = 1;
  #focus = 0;
  /** Rows of elements, which are used again for others as these leave the screen. */
  #pool = 1;
  #frame = 0;

  constructor(host: Remote<GalleryHost>, view: GalleryView) {
    this.#host = host;
    this.#cells = new Cells(host, view, () => this.#later());
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
      onChange: () => this.#later(),
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
    this.#cells.reset();
    this.#focus = 0;
    this.#layout();
    this.#virtual.scrollToOffset(0);
  }

  /** Shows the same list after its data set changed, where it is. */
  refresh(view: GalleryView): void {
    this.#count = view.count;
    this.#cells.refresh(view);
    this.#focus = Math.max(0, Math.min(this.#focus, view.count - 1));
    this.#layout();
  }

  #layout(): void {
    this.#columns = Math.max(1, Math.floor(this.element.clientWidth / CELL.width));
    this.#virtual.setOptions({ ...this.#virtual.options, count: Math.ceil(this.#count / this.#columns) });
    this.#virtual._willUpdate();
    this.#virtual.measure();
    this.#render();
  }

  /** Draws in the next frame, however many answers came before it. */
  #later(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#render();
    });
  }

  #render(): void {
    const rows = this.#virtual.getVirtualItems();
    this.#inner.style.height = `${this.#virtual.getTotalSize()}px`;
    this.element.setAttribute('aria-rowcount', String(Math.ceil(this.#count / this.#columns)));
    this.element.setAttribute('aria-activedescendant', `cell-${this.#focus}`);
    this.#pool = Math.max(this.#pool, rows.length);
    render(
      repeat(
        rows,
        ({ index }) => index % this.#pool,
        ({ index, start }) => this.#row(index, start),
      ),
      this.#inner,
    );
    this.#drawCells();
    const [first, last] = [rows[0]?.index ?? 0, rows.at(-1)?.index ?? 0];
    const to = Math.min(this.#count, (last + 1) * this.#columns);
    this.#cells.ask(first * this.#columns, to, this.#virtual.isScrolling);
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
    const entry = this.#cells.entry(at);
    const label = entry ? nameOf(entry) : t('Loading');
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

  /** Puts thumbnails into the cells that are there; a canvas is reused for another place as rows come and go. */
  #drawCells(): void {
    for (const canvas of this.#inner.querySelectorAll('canvas')) {
      const bitmap = this.#cells.thumbnail(Number(canvas.dataset['at']));
      if (this.#drawn.get(canvas) === bitmap) continue;
      const context = canvas.getContext('2d');
      context?.clearRect(0, 0, canvas.width, canvas.height);
      this.#drawn.delete(canvas);
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

/** What a cell is called: its image, with its number of instances where that is known. */
function nameOf({ name, count }: GalleryEntry): string {
  if (count === undefined) return name;
  return `${name}, ${count === 1 ? t('1 instance') : t('{0} instances', count)}`;
}
