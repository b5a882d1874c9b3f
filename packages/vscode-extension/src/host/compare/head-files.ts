import type { ByteRange, FileStat, FileSystem } from '@cutkit/datasets';
import * as vscode from 'vscode';
import type { WorkspaceFiles } from '../files/workspace-files.js';

/** The part of VS Code's git extension that is used here. */
interface GitApi {
  toGitUri(uri: vscode.Uri, ref: string): vscode.Uri;
}

/** Files as they are in the last commit; folders as they are now. */
export class HeadFiles implements FileSystem {
  readonly #files: WorkspaceFiles;
  readonly #git: GitApi;
  /** The last file that was read: git gives files only whole, and a large one is asked for in many parts. */
  #last: { readonly path: string; readonly bytes: Uint8Array } | undefined;

  private constructor(files: WorkspaceFiles, git: GitApi) {
    this.#files = files;
    this.#git = git;
  }

  /** Undefined where VS Code's git extension is absent or off. */
  static async open(files: WorkspaceFiles): Promise<HeadFiles | undefined> {
    const extension = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
    if (!extension) return undefined;
    try {
      return new HeadFiles(files, (await extension.activate()).getAPI(1));
    } catch {
      return undefined;
    }
  }

  async stat(path: string): Promise<FileStat | undefined> {
    const now = await this.#files.stat(path);
    if (now?.type === 'folder') return now;
    const bytes = await this.read(path).catch(() => undefined);
    return bytes && { type: 'file', size: bytes.length, modified: 0 };
  }

  list(path: string): ReturnType<FileSystem['list']> {
    return this.#files.list(path);
  }

  async read(path: string, range?: ByteRange): Promise<Uint8Array> {
    if (this.#last?.path !== path) {
      const uri = this.#git.toGitUri(this.#files.uri(path), 'HEAD');
      this.#last = { path, bytes: new Uint8Array(await vscode.workspace.fs.readFile(uri)) };
    }
    const { bytes } = this.#last;
    return range ? bytes.subarray(range.start, range.end) : bytes;
  }
}
