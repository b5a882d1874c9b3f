import { html, nothing, type TemplateResult } from 'lit';
import type { GalleryFilter, GalleryView } from '../../protocol/gallery.js';
import { iconButton } from '../shared/icon-button.js';
import { t } from '../shared/l10n.js';
import { countImages } from './count-images.js';

/** What the bar does. */
interface BarActions {
  readonly refine: (change: Partial<GalleryFilter>) => void;
  /** Shows figures in place of the images, or the images again. */
  readonly toggle: () => void;
}

/** The bar above a gallery: which images are shown, how many these are, and whether figures are shown in their place. */
export function filterBar(
  view: GalleryView,
  filter: GalleryFilter,
  isPlotted: boolean,
  { refine, toggle }: BarActions,
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
    <span class="count total">${countImages(view.count)}</span>
    ${
      view.format
        ? iconButton({ icon: 'graph', label: t('Statistics'), pressed: isPlotted, onClick: toggle })
        : nothing
    }
  </div>`;
}
