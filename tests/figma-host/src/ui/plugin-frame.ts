import type { UiOptions, UiWindow } from '../host.js';
import { type Theme, themeCss } from './theme.js';

/** How the window's page is delivered into its frame. */
export type Delivery = 'srcdoc' | 'data-shell';

/** What the window is opened with. */
export interface FrameOptions {
  readonly csp: string;
  readonly theme: Theme;
  readonly delivery: Delivery;
  readonly name: string;
  /** The cross was pressed. */
  readonly onClose: () => void;
}

const SANDBOX = 'allow-scripts allow-forms allow-modals allow-popups allow-downloads';
/** A `data:` document that takes the page by message and writes it into itself: what lifts the size limit of data URLs. */
const SHELL = `data:text/html,${encodeURIComponent(
  '<!doctype html><script>onmessage=e=>{if(e.data.write){document.open();document.write(e.data.write);document.close()}}</script>',
)}`;

/** Opens a plugin's window: a sandboxed frame of null origin under the manifest's policy, in Figma's window frame. */
export function openPluginFrame(
  layer: HTMLElement,
  html: string,
  ui: UiOptions,
  options: FrameOptions,
  receive: (message: unknown) => void,
): UiWindow {
  const box = document.createElement('section');
  box.className = 'plugin-window';
  box.setAttribute('aria-label', ui.title ?? options.name);
  box.hidden = ui.visible === false;
  const head = document.createElement('header');
  const title = document.createElement('h2');
  title.textContent = ui.title ?? options.name;
  const cross = document.createElement('button');
  cross.textContent = '×';
  cross.setAttribute('aria-label', 'Close plugin');
  cross.addEventListener('click', options.onClose);
  head.append(title, cross);
  const frame = document.createElement('iframe');
  frame.title = options.name;
  frame.setAttribute('sandbox', SANDBOX);
  const resize = (width: number, height: number) => {
    frame.style.width = `${width}px`;
    frame.style.height = `${height}px`;
  };
  resize(ui.width ?? 300, ui.height ?? 200);

  const page = themed(withPolicy(html, options.csp), ui.themeColors === true ? options.theme : undefined);
  const waiting: unknown[] = [];
  let isLoaded = false;
  const send = (message: unknown) =>
    frame.contentWindow?.postMessage({ pluginMessage: message, pluginId: '0' }, '*');
  const loaded = () => {
    isLoaded = true;
    for (const message of waiting.splice(0)) send(message);
  };
  const listen = (event: MessageEvent) => {
    if (event.source !== frame.contentWindow) return;
    const { pluginMessage } = (event.data ?? {}) as { pluginMessage?: unknown };
    if (pluginMessage !== undefined) receive(plain(pluginMessage));
  };
  window.addEventListener('message', listen);
  if (options.delivery === 'srcdoc') {
    frame.srcdoc = page;
    frame.addEventListener('load', loaded, { once: true });
  } else {
    frame.src = SHELL;
    frame.addEventListener(
      'load',
      () => {
        frame.contentWindow?.postMessage({ write: page }, '*');
        loaded();
      },
      { once: true },
    );
  }
  box.append(head, frame);
  layer.append(box);
  frame.focus();
  return {
    post: (message) => (isLoaded ? send(message) : void waiting.push(message)),
    resize,
    setVisible: (visible) => {
      box.hidden = !visible;
    },
    close: () => {
      window.removeEventListener('message', listen);
      box.remove();
    },
  };
}

function withPolicy(html: string, csp: string): string {
  const meta = `<meta http-equiv="Content-Security-Policy" content="${csp}">`;
  return html.includes('<head>') ? html.replace('<head>', () => `<head>${meta}`) : meta + html;
}

function themed(html: string, theme: Theme | undefined): string {
  if (!theme) return html;
  const style = `<style id="figma-style">${themeCss(theme)}</style>`;
  return html.replace('<html', `<html class="figma-${theme}"`).replace('<head>', () => `<head>${style}`);
}

/** What crosses keeps no prototypes and no binary kinds but Uint8Array, as the editor promises no more. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value;
  if (value instanceof Blob || value instanceof ArrayBuffer) return {};
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}
