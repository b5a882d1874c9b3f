import { html, nothing, type TemplateResult } from 'lit';
import { iconButton } from '../shared/icon-button.js';
import { t } from '../shared/l10n.js';
import type { Controls } from './controls.js';
import type { EditorState, MaskStyle, ToolName } from './store.js';

const ICONS: Readonly<Record<ToolName, readonly [icon: string, key: string]>> = {
  select: ['inspect', 'V'],
  segment: ['target', 'S'],
  box: ['screen-full', 'B'],
  brush: ['paintcan', 'P'],
  erase: ['eraser', 'E'],
  polygon: ['type-hierarchy', 'G'],
};

/** The row above the picture: tools, help of the network, and how masks are drawn. */
export function toolbar(state: EditorState, controls: Controls): TemplateResult {
  return html`<div class="toolbar" role="toolbar" aria-label=${t('Tools')}>
    ${state.view.editable ? editing(state, controls) : nothing} ${display(state, controls)}
    <span class="spacer"></span>
    ${zooming(state, controls)}
  </div>`;
}

function editing(state: EditorState, controls: Controls): TemplateResult {
  const { tool, selected, busy } = state;
  const names: Readonly<Record<ToolName, string>> = {
    select: t('Select and edit corners'),
    segment: t('Click to segment'),
    box: t('Segment in a box'),
    brush: t('Brush'),
    erase: t('Eraser'),
    polygon: t('Polygon'),
  };
  const brushing = tool === 'brush' || tool === 'erase';
  return html`<div class="group">
      ${(Object.keys(ICONS) as ToolName[]).map((name) =>
        iconButton({
          icon: ICONS[name][0],
          key: ICONS[name][1],
          label: names[name],
          pressed: tool === name,
          onClick: () => controls.chooseTool(name),
        }),
      )}
    </div>
    ${
      brushing
        ? html`<label class="slider">
          ${t('Size')}
          <input
            type="range"
            min="1"
            max="200"
            .value=${String(state.brush)}
            @input=${(event: InputEvent) => controls.setBrush(Number(inputOf(event)))}
          />
          <output>${state.brush}</output>
        </label>`
        : nothing
    }
    <div class="group">
      ${iconButton({ icon: 'sparkle', label: t('Suggest masks for everything'), key: 'A', disabled: busy !== undefined, onClick: controls.suggestAll })}
      ${iconButton({ icon: 'person', label: t('Find the subject as a mask'), key: 'R', disabled: busy !== undefined, onClick: controls.findSubject })}
      ${iconButton({ icon: 'trash', label: t('Delete the selected mask'), key: 'Delete', disabled: selected === undefined, onClick: controls.remove })}
    </div>`;
}

function display(state: EditorState, controls: Controls): TemplateResult {
  const styles: Readonly<Record<MaskStyle, string>> = {
    both: t('Fill and outline'),
    fill: t('Fill'),
    outline: t('Outline'),
  };
  return html`<div class="group">
    ${iconButton({
      icon: state.masksShown ? 'eye' : 'eye-closed',
      label: t('Show masks'),
      key: 'H',
      pressed: state.masksShown,
      onClick: controls.toggleMasks,
    })}
    <label class="slider">
      ${t('Opacity')}
      <input
        type="range"
        class="opacity"
        min="0"
        max="100"
        .value=${String(Math.round(state.opacity * 100))}
        @input=${(event: InputEvent) => controls.setOpacity(Number(inputOf(event)) / 100)}
      />
      <output>${Math.round(state.opacity * 100)} %</output>
    </label>
    <select
      class="style"
      aria-label=${t('How masks are drawn')}
      .value=${state.style}
      @change=${(event: Event) => controls.setStyle(inputOf(event) as MaskStyle)}
    >
      ${Object.entries(styles).map(
        ([value, name]) => html`<option value=${value} ?selected=${state.style === value}>${name}</option>`,
      )}
    </select>
  </div>`;
}

function zooming({ zoom, view }: EditorState, controls: Controls): TemplateResult {
  const { index, count } = view.position;
  return html`<div class="group">
    ${iconButton({ icon: 'zoom-out', label: t('Zoom out'), key: '-', onClick: () => controls.zoom(1 / 1.25) })}
    <button type="button" class="zoom" title=${t('Fit to the window (0)')} @click=${controls.fit}>
      ${Math.round(zoom * 100)} %
    </button>
    ${iconButton({ icon: 'zoom-in', label: t('Zoom in'), key: '+', onClick: () => controls.zoom(1.25) })}
    ${iconButton({ icon: 'chevron-left', label: t('Previous image'), key: '[', disabled: count < 2, onClick: () => controls.neighbour(-1) })}
    <span class="position">${count > 0 ? `${index + 1} / ${count}` : ''}</span>
    ${iconButton({ icon: 'chevron-right', label: t('Next image'), key: ']', disabled: count < 2, onClick: () => controls.neighbour(1) })}
  </div>`;
}

function inputOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}
