import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../shared/l10n.js';
import type { Controls } from './controls.js';
import { css } from './draw-outlines.js';
import { classOf, colourOf, type EditorState } from './store.js';

/** The row below the picture: size, what is under the pointer, work under way, and what screen readers are told. */
export function statusBar(
  state: EditorState,
  size: { width: number; height: number },
  controls: Controls,
): TemplateResult {
  const { pointer, view, busy } = state;
  return html`<footer class="status">
    <span class="name">${view.name}</span>
    <span>${size.width} × ${size.height}</span>
    ${pointer ? html`<span class="at">${Math.floor(pointer.x)}, ${Math.floor(pointer.y)}</span>` : nothing}
    <span class="under">
      ${pointer?.over.slice(0, 3).map(
        (instance) =>
          html`<span class="under-one"
            ><span class="swatch" .style=${`background:${css(colourOf(view, instance))}`}></span>${
              classOf(view, instance.classIndex).name
            }</span
          >`,
      )}
      ${pointer && pointer.over.length === 0 ? html`<span class="hint">${t('background')}</span>` : nothing}
    </span>
    <span class="spacer"></span>
    ${
      busy
        ? html`<span class="busy" role="status">
          <span class="codicon codicon-loading codicon-modifier-spin" aria-hidden="true"></span>
          ${busy.what}${busy.share === undefined ? '' : ` ${Math.round(busy.share * 100)} %`}
        </span>
        <button type="button" class="link" @click=${controls.stop}>${t('Stop')}</button>`
        : nothing
    }
    ${
      view.editable
        ? nothing
        : html`<button type="button" class="button secondary" @click=${controls.annotate}>${t('Annotate')}</button>`
    }
  </footer>`;
}
