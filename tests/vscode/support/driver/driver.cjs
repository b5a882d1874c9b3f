/**
 * A door into the extension host for tests: an HTTP server of this machine that runs one function body a request, with
 * `vscode` and the request's arguments. Where it listens is written into a file named after the workspace folder. What
 * lies under `/a/b` is under `mirror:/a/b` too.
 */
const { createServer } = require('node:http');
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
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
  const folder = process.env.CUTKIT_TEST_DOORS;
  if (!folder) return;
  // Always, and at once: a workbench with such a folder waits for it before it has any folders.
  subscriptions.push(
    vscode.workspace.registerFileSystemProvider('mirror', mirrorFiles(), { isCaseSensitive: true }),
  );
  const server = createServer(async (request, response) => {
    const reply = await answer(request).catch((error) => ({ error: String(error?.stack ?? error) }));
    response.end(JSON.stringify(reply));
  });
  const open = () => {
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    if (!workspace || server.listening) return;
    server.listen(0, '127.0.0.1', () => {
      writeFileSync(join(folder, `${workspace.name}.port`), String(server.address().port));
    });
  };
  open();
  subscriptions.push({ dispose: () => server.close() }, vscode.workspace.onDidChangeWorkspaceFolders(open));
};
