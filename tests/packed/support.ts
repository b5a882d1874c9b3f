import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The repository's root. */
export const ROOT: string = fileURLToPath(new URL('../../', import.meta.url));

/** Runs a program to its end; rejects with its output when it fails. */
export async function exec(command: string, args: string[], cwd: string): Promise<string> {
  const { stdout } = await run(command, args, { cwd, maxBuffer: 1 << 26 });
  return stdout;
}

/** What `npm pack` says of a tarball. */
export interface Packed {
  readonly tarball: string;
  readonly size: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** Packs a workspace as `npm publish` would. */
export async function pack(workspace: string, into: string): Promise<Packed> {
  const json = await exec('npm', ['pack', '--json', '-w', workspace, '--pack-destination', into], ROOT);
  const [report] = JSON.parse(json) as [{ filename: string; size: number; files: Packed['files'] }];
  return { tarball: join(into, report.filename), size: report.size, files: report.files };
}

/** A new project with the given tarballs installed, as a user's machine would have them. */
export async function installed(tarballs: readonly string[], extra: readonly string[] = []): Promise<string> {
  const folder = await scratch();
  await writeFile(join(folder, 'package.json'), '{"private":true,"type":"module"}');
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  await exec('npm', ['install', ...flags, ...extra, ...tarballs], folder);
  return folder;
}

/** A temporary folder; remove it with {@link discard}. */
export function scratch(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'cutkit-packed-'));
}

/** Removes a folder and all in it. */
export function discard(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}
