import { CutkitError } from '@cutkit/core';
import type { ByteRange, FileStat, FileSystem } from '@cutkit/datasets';
import * as vscode from 'vscode';
import type { Platform } from '../platform.js';
import { joinParts } from './overlay-files.js';

/** Files of which no part can be read alone are refused beyond this: the whole of them would have to be held. */
const MOST_WHOLE = 256 * 2 ** 20;

/** The file system that holds `base`, whatever its scheme, as the datasets package reads it: paths are those of URIs. */
export class WorkspaceFiles implements FileSystem {
  readonly #base: vscode.Uri;
  readonly #platform: Platform;
  /** The last file of which a part was wanted, where parts cannot be read alone. */
  #whole: { readonly path: string; readonly stat: FileStat; readonly bytes: Uint8Array } | undefined;

  constructor(base: vscode.Uri, platform: Platform) {
    this.#base = base;
    this.#platform = platform;
  }

  uri(path: string): vscode.Uri {
    return this.#base.with({ path });
  }

  async stat(path: string): Promise<FileStat | undefined> {
    try {
      const { type, size, mtime } = await vscode.workspace.fs.stat(this.uri(path));
      const isFolder = (type & vscode.FileType.Directory) !== 0;
      return { type: isFolder ? 'folder' : 'file', size: isFolder ? 0 : size, modified: mtime };
    } catch (error) {
      if (error instanceof vscode.FileSystemError && isAbsent(error)) return undefined;
      throw error;
    }
  }

  async list(path: string): Promise<{ name: string; type: 'file' | 'folder' }[]> {
    const entries = await vscode.workspace.fs.readDirectory(this.uri(path));
    return entries.map(([name, type]) => ({
      name,
      type: (type & vscode.FileType.Directory) !== 0 ? 'folder' : 'file',
    }));
  }

  async read(path: string, range?: ByteRange): Promise<Uint8Array> {
    const uri = this.uri(path);
    const readRange = uri.scheme === 'file' ? this.#platform.readRange : undefined;
    if (range && readRange) return readRange(uri, range);
    const stat = readRange ? undefined : await this.stat(path);
    if (stat && stat.size > MOST_WHOLE) throw tooLarge(uri, stat.size);
    if (!range) return plain(await vscode.workspace.fs.readFile(uri));
    return (await this.#readOnce(path, stat)).subarray(range.start, range.end);
  }

  /** Writes a file of any size, part by part where the host can. */
  async write(uri: vscode.Uri, parts: AsyncIterable<Uint8Array>): Promise<void> {
    if (uri.scheme === 'file' && this.#platform.writeParts) return this.#platform.writeParts(uri, parts);
    const whole: Uint8Array[] = [];
    for await (const part of parts) whole.push(part);
    await vscode.workspace.fs.writeFile(uri, joinParts(whole));
  }

  /** Whether a file can be put in another's place in one step, which no one sees half done. */
  get replaces(): boolean {
    return this.#base.scheme === 'file' && this.#platform.replaceFile !== undefined;
  }

  /** Puts a file in the place of another; only where {@link replaces} says so. */
  async replace(from: vscode.Uri, to: vscode.Uri): Promise<void> {
    await this.#platform.replaceFile?.(from, to);
  }

  /** The whole of a file, kept for the next part that is wanted of it. */
  async #readOnce(path: string, stat: FileStat | undefined): Promise<Uint8Array> {
    const kept = this.#whole;
    if (stat && kept?.path === path && kept.stat.modified === stat.modified && kept.stat.size === stat.size) {
      return kept.bytes;
    }
    const bytes = plain(await vscode.workspace.fs.readFile(this.uri(path)));
    if (stat) this.#whole = { path, stat, bytes };
    return bytes;
  }
}

function tooLarge(uri: vscode.Uri, size: number): CutkitError {
  const megabytes = (bytes: number) => Math.ceil(bytes / 2 ** 20);
  return new CutkitError(
    'FILE_TOO_LARGE',
    vscode.l10n.t(
      '{0} has {1} MB, and files of this workspace can only be read whole, up to {2} MB.',
      vscode.workspace.asRelativePath(uri),
      megabytes(size),
      megabytes(MOST_WHOLE),
    ),
    vscode.l10n.t('Open its folder in VS Code on a desktop or a remote host, or split the file.'),
  );
}

/** Node's Buffer has methods of its own under the names of Uint8Array's. */
function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function isAbsent({ code }: vscode.FileSystemError): boolean {
  return code === 'FileNotFound' || code === 'FileNotADirectory' || code === 'EntryNotFound';
}
