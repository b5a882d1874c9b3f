import '@vscode/codicons/dist/codicon.css';
import './batch.css';
import { html, nothing, render, type TemplateResult } from 'lit';
import type { BatchHost, BatchView } from '../../protocol/batch.js';
import type { Remote } from '../../protocol/rpc.js';
import { announce } from '../shared/announce.js';
import { connectHost } from '../shared/host.js';
import { t } from '../shared/l10n.js';
import { startPixelWorker } from '../shared/pixel-client.js';

/** How far one picture is. */
interface Row {
  readonly name: string;
  readonly state: 'waiting' | 'working' | 'done' | 'nothing' | 'failed';
  readonly text?: string;
  /** Of the result. */
  readonly url?: string;
}

const ICONS: Readonly<Record<Row['state'], string>> = {
  waiting: 'circle-outline',
  working: 'loading codicon-modifier-spin',
  done: 'check',
  nothing: 'circle-slash',
  failed: 'error',
};

const root = document.getElementById('root');
const host = connectHost<BatchHost>({});
if (root) void cutAll(root, host);

async function cutAll(page: HTMLElement, { ready, save }: Remote<BatchHost>): Promise<void> {
  const view: BatchView = await ready();
  const pixels = startPixelWorker(view.assets, () => {});
  const rows: Row[] = view.pictures.map(({ name }) => ({ name, state: 'waiting' }));
  const show = (index: number, row: Row) => {
    rows[index] = row;
    render(template(rows), page);
  };
  for (const [index, { name, url }] of view.pictures.entries()) {
    show(index, { name, state: 'working' });
    try {
      await pixels.open(url, await (await fetch(url)).blob());
      const { png, verdict } = await pixels.cutout();
      if (verdict === 'empty') {
        show(index, { name, state: 'nothing', text: t('No subject was found; nothing was written.') });
        continue;
      }
      const text = await save(index, png);
      const result = URL.createObjectURL(new Blob([new Uint8Array(png)], { type: 'image/png' }));
      show(index, { name, state: 'done', text, url: result });
    } catch (error) {
      const { message, hint = '' } = error as Error & { hint?: string };
      show(index, { name, state: 'failed', text: `${message} ${hint}`.trim() });
    }
  }
  page.dataset['state'] = 'ready';
  const done = rows.filter(({ state }) => state === 'done').length;
  announce(
    rows.length === 1
      ? t('{0} of 1 picture cut out.', done)
      : t('{0} of {1} pictures cut out.', done, rows.length),
  );
}

function template(rows: readonly Row[]): TemplateResult {
  return html`<main>
    <h1>${t('Remove Background')}</h1>
    <ul class="rows">
      ${rows.map(
        ({ name, state, text, url }) => html`<li class=${state}>
          <span class="codicon codicon-${ICONS[state]}" aria-hidden="true"></span>
          <span class="name">${name}</span>
          <span class="text">${text ?? ''}</span>
          ${url ? html`<img src=${url} alt=${t('{0} without its background', name)} />` : nothing}
        </li>`,
      )}
    </ul>
  </main>`;
}
