/**
 * A door into the extension host for tests: an HTTP server of this machine that runs one function body a request, with
 * `vscode` and the request's arguments. Where it listens is written into a file named after the folder that is open, or in
 * which the workspace's file is. What lies under `/a/b` is under `mirror:/a/b` too.
 */
const { createServer } = require('node:http');
const { writeFileSync } = require('node:fs');
const { basename, dirname, join } = require('node:path');
const vscode = require('vscode');
const { mirrorFiles } = require('./mirror-files.cjs');

async function answer(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  const { body, args } = JSON.parse(text);
  const work = new Function('vscode', 'args', `return (async () => { ${body} })()`);
  return { value: (await work(vscode, args)) ?? null };
}

exports.activate = ({ subscriptions }) => {
  subscriptions.push(
    vscode.workspace.registerFileSystemProvider('mirror', mirrorFiles(), { isCaseSensitive: true }),
  );
  const folder = process.env.CUTKIT_TEST_DOORS;
  const { workspaceFile, workspaceFolders } = vscode.workspace;
  const opened = workspaceFile ? dirname(workspaceFile.fsPath) : workspaceFolders?.[0]?.uri.fsPath;
  if (!folder || !opened) return;
  const server = createServer(async (request, response) => {
    const reply = await answer(request).catch((error) => ({ error: String(error?.stack ?? error) }));
    response.end(JSON.stringify(reply));
  });
  server.listen(0, '127.0.0.1', () => {
    writeFileSync(join(folder, `${basename(opened)}.port`), String(server.address().port));
  });
  subscriptions.push({ dispose: () => server.close() });
};
