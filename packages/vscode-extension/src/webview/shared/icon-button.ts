import { html, nothing, type TemplateResult } from 'lit';

/** What a button of a toolbar needs. */
export interface IconButton {
  /** Of VS Code's own icons. */
  readonly icon: string;
  /** For screen readers and the tooltip. */
  readonly label: string;
  /** Shown in the tooltip, as it is typed. */
  readonly key?: string;
  /** For buttons that are on or off. */
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

/** A button with an icon of the workbench, a name and its key in the tooltip. */
export function iconButton({ icon, label, key, pressed, disabled, onClick }: IconButton): TemplateResult {
  return html`<button
    type="button"
    class="icon-button"
    title=${key ? `${label} (${key})` : label}
    aria-label=${label}
    aria-keyshortcuts=${key ?? nothing}
    aria-pressed=${pressed === undefined ? nothing : String(pressed)}
    ?disabled=${disabled ?? false}
    @click=${onClick}
  >
    <span class="codicon codicon-${icon}" aria-hidden="true"></span>
  </button>`;
}
