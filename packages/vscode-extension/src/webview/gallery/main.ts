import '@vscode/codicons/dist/codicon.css';
import './gallery.css';
import { html, nothing, render, type TemplateResult } from 'lit';
import type { GalleryFilter, GalleryHost, GalleryView } from '../../protocol/gallery.js';
import type { Remote } from '../../protocol/rpc.js';
import { announce } from '../shared/announce.js';
import { connectHost } from '../shared/host.js';
import { iconButton } from '../shared/icon-button.js';
import { t } from '../shared/l10n.js';
import { countImages } from './count-images.js';
import { Grid } from './grid.js';
import { statisticsView } from './statistics-view.js';

const root = document.getElementById('root');
const host = connectHost<GalleryHost>({});
if (root) void startGallery(root, host);

async function startGallery(page: HTMLElement, gallery: Remote<GalleryHost>): Promise<void> {
  const view = await gallery.ready();
  const grid = new Grid(gallery, view);
  let filter: GalleryFilter = { text: '', state: 'all', classIndex: undefined };
  let count = view.count;
  let plots: TemplateResult | undefined;
  let turn = 0;

  const show = () => {
    const body = plots ?? grid.element;
    const content = html`<header>${bar(view, { filter, count, plots: plots !== undefined }, refine, toggle)}</header>
      <main class="body">
        <h1 class="screen-reader-only">${view.title}</h1>
        ${body}
      </main>`;
    render(content, page);
  };
  const refine = async (change: Partial<GalleryFilter>) => {
    filter = { ...filter, ...change };
    const mine = ++turn;
    const found = await gallery.filter(filter);
    // A later change of the filter may have been answered first.
    if (mine !== turn) return;
    count = found;
    grid.reset(count);
    show();
    announce(countImages(count));
  };
  const toggle = async () => {
    const found = plots ? undefined : await gallery.statistics();
    plots = found && statisticsView(found, view.classes);
    show();
    if (!plots) grid.mount();
  };
  show();
  grid.mount();
  page.dataset['state'] = 'ready';
}

interface BarState {
  readonly filter: GalleryFilter;
  readonly count: number;
  readonly plots: boolean;
}

function bar(
  view: GalleryView,
  { filter, count, plots }: BarState,
  refine: (change: Partial<GalleryFilter>) => Promise<void>,
  toggle: () => Promise<void>,
): TemplateResult {
  const states: Readonly<Record<GalleryFilter['state'], string>> = {
    all: t('All images'),
    labelled: t('With instances'),
    empty: t('Without instances'),
    unlabelled: t('Not in the annotations'),
    problems: t('With problems'),
  };
  const inputOf = (event: Event) => (event.target as HTMLInputElement | HTMLSelectElement).value;
  return html`<div class="toolbar" role="toolbar" aria-label=${t('Filter')}>
    <input
      type="search"
      class="input search"
      placeholder=${t('Name')}
      aria-label=${t('Part of the name')}
      @input=${(event: Event) => refine({ text: inputOf(event) })}
    />
    <select
      class="state"
      aria-label=${t('Which images')}
      @change=${(event: Event) => refine({ state: inputOf(event) as GalleryFilter['state'] })}
    >
      ${Object.entries(states).map(
        ([value, name]) => html`<option value=${value} ?selected=${filter.state === value}>${name}</option>`,
      )}
    </select>
    <select
      class="class"
      aria-label=${t('Class')}
      @change=${(event: Event) => refine({ classIndex: inputOf(event) === '' ? undefined : Number(inputOf(event)) })}
    >
      <option value="">${t('All classes')}</option>
      ${view.classes.map(({ index, name }) => html`<option value=${index}>${name}</option>`)}
    </select>
    <span class="spacer"></span>
    <span class="count total">${countImages(count)}</span>
    ${
      view.format
        ? iconButton({ icon: 'graph', label: t('Statistics'), pressed: plots, onClick: () => void toggle() })
        : nothing
    }
  </div>`;
}
