import { html, type TemplateResult } from 'lit';
import { iconButton } from '../shared/icon-button.js';
import { t } from '../shared/l10n.js';
import type { Controls } from './controls.js';
import { css } from './draw-outlines.js';
import { classOf, type EditorState } from './store.js';

/** Suggestions by class, with what takes or refuses all of a class, or all. */
export function suggestionList({ suggestions, view }: EditorState, controls: Controls): TemplateResult {
  const counts = new Map<number, number>();
  for (const { view: one } of suggestions) counts.set(one.classIndex, (counts.get(one.classIndex) ?? 0) + 1);
  return html`<section class="suggestions" aria-label=${t('Suggestions')}>
    <h2>${t('Suggestions')} <span class="count">${suggestions.length}</span></h2>
    <p class="hint">
      ${t('Click one to take it as the current class. Alt-click refuses it; Shift-click gives it the current class and leaves it here.')}
    </p>
    <ul class="classes">
      ${[...counts]
        .sort(([a], [b]) => a - b)
        .map(([index, count]) => {
          const { name, colour } = classOf(view, index);
          return html`<li>
            <span class="class">
              <span class="swatch" .style=${`background:${css(colour)}`}></span>
              <span class="name">${name}</span>
              <span class="count">${count}</span>
            </span>
            ${iconButton({ icon: 'check', label: t('Accept all of {0}', name), onClick: () => controls.acceptSuggestions(index) })}
            ${iconButton({ icon: 'close', label: t('Reject all of {0}', name), onClick: () => controls.rejectSuggestions(index) })}
          </li>`;
        })}
    </ul>
    <div class="row">
      <button type="button" class="button" @click=${() => controls.acceptSuggestions()}>${t('Accept all')}</button>
      <button type="button" class="button secondary" @click=${() => controls.rejectSuggestions()}>
        ${t('Reject all')}
      </button>
    </div>
  </section>`;
}
