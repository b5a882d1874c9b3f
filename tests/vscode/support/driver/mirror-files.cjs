/**
 * The files of this machine under another scheme, as a virtual workspace has them: whoever reads them does so through the
 * workbench, never through Node.
 */
const fs = require('node:fs/promises');
const vscode = require('vscode');

/** The failure that the workbench knows instead of Node's. */
function told(error, uri) {
  return error.code === 'ENOENT' || error.code === 'ENOTDIR'
    ? vscode.FileSystemError.FileNotFound(uri)
    : error;
}

function typeOf(entry) {
  return entry.isDirectory() ? vscode.FileType.Directory : vscode.FileType.File;
}

exports.mirrorFiles = () => {
  const changed = new vscode.EventEmitter();
  const guarded =
    (work) =>
    async (uri, ...given) => {
      try {
        return await work(uri, ...given);
      } catch (error) {
        throw told(error, uri);
      }
    };
  return {
    onDidChangeFile: changed.event,
    watch: () => changed.event(() => {}),
    stat: guarded(async ({ path }) => {
      const stat = await fs.stat(path);
      return { type: typeOf(stat), ctime: stat.ctimeMs, mtime: stat.mtimeMs, size: stat.size };
    }),
    readDirectory: guarded(async ({ path }) => {
      const entries = await fs.readdir(path, { withFileTypes: true });
      return entries.map((entry) => [entry.name, typeOf(entry)]);
    }),
    readFile: guarded(async ({ path }) => new Uint8Array(await fs.readFile(path))),
    writeFile: guarded(({ path }, content) => fs.writeFile(path, content)),
    createDirectory: guarded(({ path }) => fs.mkdir(path)),
    delete: guarded(({ path }, { recursive }) => fs.rm(path, { recursive })),
    rename: guarded(({ path }, target) => fs.rename(path, target.path)),
  };
};
