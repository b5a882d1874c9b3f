/** A webview in Chromium, with a host that only shows: what the workbench around it costs is left out. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const WEBVIEW = new URL('../../packages/vscode-extension/dist/webview/', import.meta.url);
/** Frames without a clock: what is measured then is work, not waiting for the screen. */
export const UNTIMED = ['--disable-frame-rate-limit', '--disable-gpu-vsync'];
const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

/**
 * Opens a page of the extension, answered by `answers`: a value for each method that it calls. `flags` are Chromium's; with
 * {@link UNTIMED} a frame comes as soon as the one before is done, not with the screen's next.
 */
export async function openWebview(name, answers, picture, flags = []) {
  const html = `<!doctype html><link rel="stylesheet" href="/${name}.css"><body><div id="root"></div>
<script type="application/json" id="answers">${JSON.stringify(answers).replaceAll('<', '\\u003c')}</script>
<script>(${stubHost})()</script><script type="module" src="/${name}.js"></script>`;
  const server = createServer(async ({ url }, response) => {
    if (url === '/') return response.setHeader('content-type', 'text/html').end(html);
    if (url === '/picture')
      return response.setHeader('content-type', 'image/jpeg').end(await readFile(picture));
    response.setHeader('content-type', TYPES[extname(url)] ?? 'application/octet-stream');
    return response.end(await readFile(fileURLToPath(new URL(`.${url}`, WEBVIEW))).catch(() => ''));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', ...flags],
  });
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const close = async () => {
    await browser.close();
    server.close();
  };
  return { page, close };
}

/**
 * Runs in the page: the host's side of the conversation, as the webview's library of calls speaks it. `calls` says how many
 * wait for an answer, and waited at most.
 */
function stubHost() {
  const calls = { now: 0, most: 0 };
  window.calls = calls;
  const answers = JSON.parse(document.getElementById('answers').textContent);
  window.acquireVsCodeApi = () => ({
    postMessage({ to, message: { t, m, i } }) {
      if (t !== 'q' || i === undefined) return;
      const data = { to, message: { t: 's', i, r: answers[m] } };
      calls.most = Math.max(calls.most, ++calls.now);
      queueMicrotask(() => {
        calls.now--;
        dispatchEvent(new MessageEvent('message', { data }));
      });
    },
    getState() {},
    setState() {},
  });
}
