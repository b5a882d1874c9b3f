import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { InstanceView } from '../../protocol/editor.js';
import { iconButton } from '../shared/icon-button.js';
import { t } from '../shared/l10n.js';
import type { Controls } from './controls.js';
import { css } from './draw-outlines.js';
import { classOf, colourOf, type EditorState } from './store.js';
import { suggestionList } from './suggestion-list.js';

/** Rows of the list that are in the page at once; the rest is reached by scrolling to the end or by the keyboard. */
const ROWS = 400;

/** The column beside the picture: suggestions, classes, instances, and what was found. */
export function sidePanel(state: EditorState, controls: Controls): TemplateResult {
  return html`<aside class="side" aria-label=${t('Classes and instances')}>
    ${state.suggestions.length > 0 ? suggestionList(state, controls) : nothing}
    ${classes(state, controls)} ${instances(state, controls)} ${found(state, controls)}
  </aside>`;
}

function classes(state: EditorState, controls: Controls): TemplateResult {
  const counts = new Map<number, number>();
  for (const { view } of state.masks.values()) {
    counts.set(view.classIndex, (counts.get(view.classIndex) ?? 0) + 1);
  }
  const { editable } = state.view;
  // A large data set has many classes; one image shows its own, an annotator needs all.
  const shown = state.view.classes.filter(({ index }) => editable || (counts.get(index) ?? 0) > 0);
  return html`<section aria-labelledby="classes-title">
    <h2 id="classes-title">${t('Classes')} <span class="count">${shown.length}</span></h2>
    <ul class="classes">
      ${repeat(
        shown,
        ({ index }) => index,
        ({ index, name, colour }) => {
          const hidden = state.hiddenClasses.has(index);
          const key = editable ? digitOf(state.view.classes.findIndex((one) => one.index === index)) : '';
          return html`<li class=${editable && state.currentClass === index ? 'current' : ''}>
            <button
              type="button"
              class="class"
              ?disabled=${!editable}
              aria-pressed=${editable ? String(state.currentClass === index) : nothing}
              @click=${() => controls.chooseClass(index)}
            >
              <span class="swatch" .style=${`background:${css(colour)}`}></span>
              <span class="name">${name}</span>
              ${key ? html`<kbd>${key}</kbd>` : nothing}
              <span class="count">${counts.get(index) ?? 0}</span>
            </button>
            ${iconButton({
              icon: hidden ? 'eye-closed' : 'eye',
              label: hidden ? t('Show {0}', name) : t('Hide {0}', name),
              onClick: () => controls.toggleClass(index),
            })}
          </li>`;
        },
      )}
    </ul>
    ${
      editable
        ? html`<form
          class="row"
          @submit=${(event: SubmitEvent) => {
            event.preventDefault();
            const input = (event.target as HTMLFormElement).elements.namedItem('name') as HTMLInputElement;
            if (input.value.trim()) controls.addClass(input.value.trim());
            input.value = '';
          }}
        >
          <input class="input" name="name" placeholder=${t('New class')} aria-label=${t('Name of a new class')} autocomplete="off" />
          <button type="submit" class="button secondary">${t('Add')}</button>
        </form>`
        : nothing
    }
  </section>`;
}

function instances(state: EditorState, controls: Controls): TemplateResult {
  const all = [...state.masks.values()].map(({ view }) => view);
  return html`<section class="instances-section" aria-labelledby="instances-title">
    <h2 id="instances-title">${t('Instances')} <span class="count">${all.length}</span></h2>
    <ul
      class="instances"
      role="listbox"
      tabindex="0"
      aria-labelledby="instances-title"
      aria-activedescendant=${state.selected === undefined ? nothing : rowId(state.selected)}
      @keydown=${(event: KeyboardEvent) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] as 1 | -1 | undefined;
        if (!step) return;
        event.preventDefault();
        event.stopPropagation();
        controls.selectNext(step);
      }}
    >
      ${repeat(
        shownRows(all, state.selected),
        ({ key }) => key,
        (instance) => row(state, instance, controls),
      )}
    </ul>
    ${all.length > ROWS ? html`<p class="hint">${t('{0} of {1} are listed; all are drawn.', ROWS, all.length)}</p>` : nothing}
  </section>`;
}

/** At most {@link ROWS} instances, the selected one among them. */
function shownRows(all: readonly InstanceView[], selected: string | undefined): readonly InstanceView[] {
  if (all.length <= ROWS) return all;
  const at = all.findIndex(({ key }) => key === selected);
  const from = Math.max(0, Math.min(all.length - ROWS, at - ROWS / 2));
  return all.slice(from, from + ROWS);
}

function row(state: EditorState, instance: InstanceView, controls: Controls): TemplateResult {
  const { name } = classOf(state.view, instance.classIndex);
  const selected = state.selected === instance.key;
  const facts = [
    instance.crowd ? t('crowd') : '',
    instance.score === undefined ? '' : instance.score.toFixed(2),
    instance.kind === 'box' ? t('box only') : '',
    instance.mask ? `${instance.area.toLocaleString()} px` : '',
  ].filter(Boolean);
  return html`<li
    id=${rowId(instance.key)}
    role="option"
    aria-selected=${String(selected)}
    class=${selected ? 'current' : ''}
    @click=${() => controls.select(instance.key)}
  >
    <span class="swatch" .style=${`background:${css(colourOf(state.view, instance))}`}></span>
    <span class="name">${name}</span>
    <span class="facts">${facts.join(' · ')}</span>
    ${instance.note ? html`<span class="note">${instance.note}</span>` : nothing}
  </li>`;
}

function found({ view }: EditorState, controls: Controls): TemplateResult {
  const { format, file, sentences } = view.found;
  return html`<section class="found" aria-labelledby="found-title">
    <h2 id="found-title">${t('Where the masks come from')}</h2>
    <p>
      ${format ? html`<span class="format">${format}</span>` : t('No annotations were found.')}
      ${file ? html`<button type="button" class="link" @click=${controls.revealSource}>${file}</button>` : nothing}
    </p>
    <ul class="sentences">
      ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
    </ul>
    ${view.why ? html`<p class="hint">${view.why}</p>` : nothing}
  </section>`;
}

/** The key that chooses the class at a place in the list. */
function digitOf(at: number): string {
  return at >= 0 && at < 9 ? String(at + 1) : '';
}

function rowId(key: string): string {
  return `instance-${key.replaceAll(/[^\w-]/g, '_')}`;
}
