import * as vscode from 'vscode';

/** Which page a webview shows. */
interface WebviewPage {
  /** Name of its script and stylesheet. */
  readonly name: 'editor' | 'gallery' | 'batch';
  readonly title: string;
  /** Folders beside the extension's own whose files it may show. */
  readonly roots: readonly vscode.Uri[];
}

/**
 * Fills a webview: one script, one stylesheet, nothing from elsewhere. WASM and workers from blobs are allowed, since
 * networks may run there; no inline script, no inline style.
 */
export function showPage(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  { name, title, roots }: WebviewPage,
): void {
  const dist = vscode.Uri.joinPath(extensionUri, 'dist');
  webview.options = { enableScripts: true, localResourceRoots: [dist, ...roots] };
  const file = (path: string) => webview.asWebviewUri(vscode.Uri.joinPath(dist, 'webview', path)).toString();
  const source = webview.cspSource;
  const policy = [
    `default-src 'none'`,
    `img-src ${source} blob: data:`,
    `style-src ${source}`,
    `font-src ${source}`,
    `script-src ${source} 'wasm-unsafe-eval'`,
    'worker-src blob:',
    `connect-src ${source} blob:`,
  ].join('; ');
  const bundle = vscode.l10n.bundle;
  webview.html = `<!doctype html>
<html lang="${escaped(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="${file(`${name}.css`)}">
</head>
<body>
<div id="root"></div>
${bundle ? `<script type="application/json" id="l10n">${JSON.stringify(bundle).replaceAll('<', '\\u003c')}</script>` : ''}
<script type="module" src="${file(`${name}.js`)}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
